// SPDX-License-Identifier: GPL-3.0-or-later
//! A history that is larger than what is kept in memory, and a disk that is full.
#include "ledger/stress/engine.h"
#include "ledger/stress/history.h"
#include "tests/stress/fakebench.h"

#include <QtTest/QtTest>

#include <csignal>
#include <sys/resource.h>
#include <thread>

using namespace tallystick;

namespace {

OperationRecord recordOf(qint64 ordinal, int user, int worker)
{
    OperationRecord record{.planned = {.ordinal = ordinal,
                                       .amount = Credits::of(ordinal * 3),
                                       .user = user,
                                       .worker = qint16(worker)},
                           .sentMicros = ordinal,
                           .outcome = OperationOutcome::Ok};
    record.sqlState = {'4', '0', '0', '0', '1'};
    return record;
}

/// No file of this process may grow beyond so many bytes, as if the disk were full.
class FullDisk final
{
public:
    explicit FullDisk(rlim_t bytes)
    {
        std::signal(SIGXFSZ, SIG_IGN); // writing fails then, in place of ending the process
        getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit limit{bytes, m_before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FullDisk() { setrlimit(RLIMIT_FSIZE, &m_before); }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;

private:
    rlimit m_before{};
};

} // namespace

class TestHistory final : public QObject
{
    Q_OBJECT
private slots:
    void pagesComeBackAsTheyWere();
    void handsOutEveryUsersRecords_data();
    void handsOutEveryUsersRecords();
    void aFullDiskLosesNothingThatWasBegun();
    void aFullDiskEndsTheRunUndecided();
};

void TestHistory::pagesComeBackAsTheyWere()
{
    constexpr int writers = 3;
    constexpr qint64 each = 5'000;
    History history(writers);
    std::vector<std::jthread> threads;
    for (int writer = 0; writer < writers; ++writer)
        threads.emplace_back([&history, writer] {
            Journal& journal = history.journal(writer);
            for (qint64 done = 0; done < each; ++done) {
                if (!journal.makeRoom())
                    return;
                OperationRecord& record =
                    journal.append(recordOf(done * writers + writer, int(done % 7), writer));
                record.endMicros = done; // completed after it was written down
            }
        });
    threads.clear();
    QCOMPARE(history.size(), writers * each);
    std::vector<qint64> next(writers, 0); // each journal in its order
    const Outcome read = history.eachPage([&](auto records) -> Outcome {
        for (const OperationRecord& record : records) {
            const std::size_t writer = std::size_t(record.planned.worker);
            const qint64 done = next[writer]++;
            if (record.planned.ordinal != done * writers + qint64(writer) ||
                record.endMicros != done || record.sqlState[4] != '1' ||
                record.planned.amount.value() != record.planned.ordinal * 3)
                return Failure{.text = QStringLiteral("not what was written")};
        }
        return Done{};
    });
    QVERIFY(read.ok());
    QCOMPARE(next, std::vector<qint64>(writers, each));
}

void TestHistory::handsOutEveryUsersRecords_data()
{
    QTest::addColumn<qint64>("atOnce");
    QTest::newRow("all at once") << qint64(1'000'000);
    QTest::newRow("some users") << qint64(5'000);
    QTest::newRow("less than one user has") << qint64(10);
}

void TestHistory::handsOutEveryUsersRecords()
{
    QFETCH(qint64, atOnce);
    constexpr int users = 40;
    History history(2);
    std::vector<qint64> wanted(users, 0);
    for (qint64 ordinal = 0; ordinal < 20'000; ++ordinal) {
        // User 0 has a half of all, the odd ones nothing.
        const int user = ordinal % 2 == 0 ? 0 : int(ordinal % 39) / 2 * 2;
        Journal& journal = history.journal(int(ordinal % 2));
        QVERIFY(journal.makeRoom().ok());
        journal.append(recordOf(ordinal, user, int(ordinal % 2)));
        ++wanted[std::size_t(user)];
    }
    RecordsByUser records(history, users, atOnce);
    QVERIFY(records.arrange().ok());
    QSet<qint64> seen;
    for (int user = 0; user < users; ++user) {
        const auto own = records.of(user);
        QVERIFY(own.ok());
        QCOMPARE(qint64(own->size()), wanted[std::size_t(user)]);
        for (const OperationRecord& record : *own) {
            QCOMPARE(record.planned.user, user);
            seen.insert(record.planned.ordinal);
        }
    }
    QCOMPARE(seen.size(), 20'000);
}

void TestHistory::aFullDiskLosesNothingThatWasBegun()
{
    const FullDisk disk(3 * Journal::pageRecords * sizeof(OperationRecord));
    History history(1);
    Journal& journal = history.journal(0);
    qint64 begun = 0;
    std::optional<Failure> failure;
    while (!failure && begun < 100'000) {
        const Outcome room = journal.makeRoom();
        if (room.failure()) {
            failure = *room.failure();
            break;
        }
        journal.append(recordOf(begun++, 0, 0));
    }
    QVERIFY(failure);
    QCOMPARE(failure->kind, Failure::Kind::FileTrouble);
    QVERIFY(!failure->text.isEmpty());
    QCOMPARE(begun, qint64(4 * Journal::pageRecords));
    RecordsByUser records(history, 1);
    QVERIFY(records.arrange().ok());
    const auto own = records.of(0);
    QCOMPARE(qint64(own->size()), begun);
    for (qint64 place = 0; place < begun; ++place)
        QCOMPARE((*own)[std::size_t(place)].planned.ordinal, place);
}

void TestHistory::aFullDiskEndsTheRunUndecided()
{
    FakeLab lab;
    const auto scenario = std::get<Scenario>(parseScenario(R"({"name": "full",
        "users": {"openingBalance": 1000000}, "load": {"clients": 2},
        "mix": [{"operation": "spend", "weight": 1, "amount": 1}], "until": {"seconds": 60}})"));
    const FullDisk disk(2 * Journal::pageRecords * sizeof(OperationRecord));
    Monitor monitor;
    const auto report = Engine(lab.targets(), lab.benches()).run(scenario, {}, monitor, {});
    QVERIFY(report.ok());
    QCOMPARE(report->verdict, Verdict::Unknown);
    QVERIFY2(report->reasons.first().startsWith(QStringLiteral("the history could not be kept: ")),
             qPrintable(report->reasons.join(QLatin1Char('\n'))));
    QVERIFY(report->reasons.at(1).startsWith(QStringLiteral("stopped after")));
    for (const InvariantResult& result : report->invariants)
        QVERIFY2(result.validity == Validity::Valid, qPrintable(result.id));
    QVERIFY(report->live.outcomes.ok > qint64(2 * Journal::pageRecords));
    QCOMPARE(lab.usersRemoved.load(), 1);
    QVERIFY(report->keptUsers.isEmpty());
}

QTEST_GUILESS_MAIN(TestHistory)
#include "tst_history.moc"
