// SPDX-License-Identifier: GPL-3.0-or-later
//! The engine over a ledger in memory: outcomes, doubts, stop and every verdict.
#include "ledger/stress/engine.h"
#include "ledger/stress/plan.h"
#include "ledger/stress/recorder.h"
#include "ledger/stress/run.h"
#include "tests/stress/fakebench.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QRegularExpression>
#include <QtTest/QtTest>

#include <thread>

using namespace tallystick;

namespace {

Scenario builtin(const char* name)
{
    return *builtinScenario(QString::fromLatin1(name));
}

Scenario custom(const QByteArray& json)
{
    return std::get<Scenario>(parseScenario(json));
}

Failure lost(Failure::Kind kind)
{
    return {.kind = kind, .statement = QStringLiteral("fake")};
}

QString story(const Report& report)
{
    return nameOf(report.verdict) + QStringLiteral(": ") +
           report.reasons.join(QStringLiteral("; "));
}

/// A ledger that forgets what it promised for one kind of call.
class Liar final : public Ledger
{
public:
    Liar(FakeStore& store)
        : m_honest(store)
    {
    }
    Result<Receipt> post(const Posting& posting) override
    {
        return m_honest.preview(posting); // a receipt, and nothing written
    }
    Result<ServerFacts> server() override { return m_honest.server(); }
    Result<Page<User, UserCursor>> users(const UsersQuery& q) override { return m_honest.users(q); }
    Result<UserSummary> user(const UserId& id) override { return m_honest.user(id); }
    Result<Page<Transaction, HistoryCursor>> history(const HistoryQuery& q) override
    {
        return m_honest.history(q);
    }
    Result<Transaction> transaction(const UserId& user, const TransactionKey& key) override
    {
        return m_honest.transaction(user, key);
    }
    Result<Balance> balance(const UserId& id) override { return m_honest.balance(id); }
    Result<Balance> balanceAt(const UserId& id, Instant at) override
    {
        return m_honest.balanceAt(id, at);
    }
    Result<QList<BalancePoint>> balanceCurve(const UserId& id, int points) override
    {
        return m_honest.balanceCurve(id, points);
    }
    Result<Chain> chain(const UserId& id) override { return m_honest.chain(id); }
    Outcome chains(const std::function<bool(Chain&&)>& sink) override
    {
        return m_honest.chains(sink);
    }
    Result<Receipt> reverse(const Reversal& reversal) override
    {
        return m_honest.reverse(reversal);
    }
    Result<Receipt> activate(const Activation& activation) override
    {
        return m_honest.activate(activation);
    }
    Result<Receipt> preview(const Posting& posting) override { return m_honest.preview(posting); }
    Outcome createUser(const NewUser& user) override { return m_honest.createUser(user); }
    Outcome removeUser(const UserId& id) override { return m_honest.removeUser(id); }

private:
    FakeLedger m_honest;
};

} // namespace

class TestEngine final : public QObject
{
    Q_OBJECT
private slots:
    void everyScenarioPassesOnTheRealRules_data();
    void everyScenarioPassesOnTheRealRules();
    void refusesWithoutALabMarker();
    void refusesWhenTheServerCannotTakeTheClients();
    void refusesWhenASessionCannotBeOpened();
    void removesItsUsersUnlessTheyAreKept();
    void resolvesALostAnswerToApplied();
    void aLostRequestIsVoidedAndNotPosted();
    void aLostSessionIsReplacedAndTheOperationSentAgain();
    void aServerThatWentAwayIsUnknownNotViolated();
    void whatFailedLeavesTheRunUndecided();
    void aVoidedOperationIsNoAnswer();
    void finalReadsThatFailAreUnknown();
    void anUnkeptPromiseIsViolated();
    void aMissedThresholdIsASloMiss();
    void stopsOutOfItsThinkTimeWithAVerdict();
    void aRunThatWasStoppedIsNoPass_data();
    void aRunThatWasStoppedIsNoPass();
    void endsWhenItsTimeIsOver();
    void fourHundredClientsStartTogether();
    void theMonitorCanBeReadFromAnyThread();
    void aSampleBeforeTheStartBelongsToNoTime();
    void everyPlannedOperationHasAPlaceInAHistory();
    void operationsAfterOthersComeLast();
    void sameSeedSameOperations();
    void reportsTheJsonOfTheContract();
};

void TestEngine::everyScenarioPassesOnTheRealRules_data()
{
    QTest::addColumn<QString>("name");
    for (const Scenario& scenario : builtinScenarios())
        if (scenario.inSuite && !scenario.expect.lockWaitsSeen) // there are no locks to see here
            QTest::newRow(qPrintable(scenario.name)) << scenario.name;
}

void TestEngine::everyScenarioPassesOnTheRealRules()
{
    QFETCH(QString, name);
    FakeLab lab;
    Engine engine(lab.targets(), lab.benches());
    Monitor monitor;
    const auto report = engine.run(*builtinScenario(name), {}, monitor, {});
    QVERIFY(report.ok());
    QVERIFY2(report->verdict == Verdict::Pass, qPrintable(story(*report)));
    QCOMPARE(report->live.phase, LiveSnapshot::Phase::Finished);
    QCOMPARE(report->live.outcomes.issued(), *report->scenario.operations);
    QCOMPARE(report->live.timeline.size(), *report->scenario.operations);
    QCOMPARE(report->response.count, *report->scenario.operations);
    QVERIFY(report->keptUsers.isEmpty());
    QCOMPARE(lab.store.sessionsOpen(), 0);
}

void TestEngine::refusesWithoutALabMarker()
{
    FakeLab lab;
    lab.isLab = false;
    Monitor monitor;
    const auto report =
        Engine(lab.targets(), lab.benches()).run(builtin("exact-balance"), {}, monitor, {});
    QVERIFY(report.failure());
    QCOMPARE(report.failure()->kind, Failure::Kind::NoLabMarker);
    QCOMPARE(lab.usersMade.load(), 0);
}

void TestEngine::refusesWhenTheServerCannotTakeTheClients()
{
    FakeLab lab;
    lab.maxConnections = 100;
    Monitor monitor;
    const auto report =
        Engine(lab.targets(), lab.benches()).run(builtin("high-concurrency"), {}, monitor, {});
    QVERIFY(report.failure());
    QCOMPARE(report.failure()->kind, Failure::Kind::ServerFull);
    QCOMPARE(lab.usersMade.load(), 0);
}

void TestEngine::refusesWhenASessionCannotBeOpened()
{
    FakeLab lab;
    lab.store.failOpening(lost(Failure::Kind::ServerFull));
    Monitor monitor;
    const auto report =
        Engine(lab.targets(), lab.benches()).run(builtin("exact-balance"), {}, monitor, {});
    QVERIFY(report.failure());
    QCOMPARE(report.failure()->kind, Failure::Kind::ServerFull);
    QCOMPARE(lab.usersRemoved.load(), lab.usersMade.load());
}

void TestEngine::removesItsUsersUnlessTheyAreKept()
{
    FakeLab lab;
    Monitor monitor;
    Engine engine(lab.targets(), lab.benches());
    QVERIFY(engine.run(builtin("exact-balance"), {}, monitor, {}).ok());
    QCOMPARE(lab.usersRemoved.load(), 1);
    const auto kept = engine.run(builtin("exact-balance"), {.keepUsers = true}, monitor, {});
    QCOMPARE(lab.usersRemoved.load(), 1);
    QCOMPARE(kept->keptUsers.size(), 1);
}

void TestEngine::resolvesALostAnswerToApplied()
{
    FakeLab lab;
    // More often than an operation is tried: it stays in doubt until after the run.
    lab.store.failNext({.failure = lost(Failure::Kind::OutcomeUnknown), .appliesFirst = true}, 6);
    Monitor monitor;
    const auto report =
        Engine(lab.targets(), lab.benches()).run(builtin("ceiling-allows"), {}, monitor, {});
    QVERIFY2(report->verdict == Verdict::Pass, qPrintable(story(*report)));
    QCOMPARE(report->live.outcomes.applied, 1);
    QCOMPARE(report->live.timeline.first().outcome, QStringLiteral("applied"));
    QCOMPARE(report->live.outcomes.unknown, 0);
    QCOMPARE(report->live.doubtedBy.value(nameOf(Failure::Kind::OutcomeUnknown)), 1);
    QVERIFY(report->live.failedBy.isEmpty());
    QCOMPARE(report->attempts, 6);
}

void TestEngine::aLostRequestIsVoidedAndNotPosted()
{
    FakeLab lab;
    lab.store.failNext({.failure = lost(Failure::Kind::OutcomeUnknown)}, 6);
    Monitor monitor;
    const auto report =
        Engine(lab.targets(), lab.benches()).run(builtin("ceiling-rejects"), {}, monitor, {});
    // Nothing was applied and the repetition is refused: the intent is void.
    QCOMPARE(report->live.outcomes.voided, 1);
    QVERIFY2(report->verdict == Verdict::Unknown, qPrintable(story(*report)));
}

void TestEngine::aLostSessionIsReplacedAndTheOperationSentAgain()
{
    FakeLab lab;
    lab.store.failNext({.failure = lost(Failure::Kind::SessionLost)}, 4);
    Monitor monitor;
    const auto report =
        Engine(lab.targets(), lab.benches()).run(builtin("concurrent-spends"), {}, monitor, {});
    QVERIFY2(report->verdict == Verdict::Pass, qPrintable(story(*report)));
    QCOMPARE(report->live.outcomes.ok, 10);
    QCOMPARE(report->attempts, 14);
    QVERIFY(lab.store.sessionsOpened() >= 14);
}

void TestEngine::aServerThatWentAwayIsUnknownNotViolated()
{
    for (const Failure::Kind kind : {Failure::Kind::SessionLost, Failure::Kind::TimedOut}) {
        FakeLab lab;
        lab.store.failNext({.failure = lost(kind)}, 10 * 6);
        Monitor monitor;
        const auto report =
            Engine(lab.targets(), lab.benches()).run(builtin("concurrent-spends"), {}, monitor, {});
        QVERIFY2(report->verdict == Verdict::Unknown, qPrintable(story(*report)));
        QCOMPARE(report->live.outcomes.failed, 10);
        QVERIFY(report->reasons.contains(QStringLiteral("spend: never answered")));
        for (const InvariantResult& result : report->invariants)
            QVERIFY2(result.validity != Validity::Invalid, qPrintable(result.id));
    }
}

void TestEngine::whatFailedLeavesTheRunUndecided()
{
    FakeLab lab;
    lab.store.failNext({.failure = lost(Failure::Kind::NotAllowed)}); // is not tried again
    const Scenario scenario = custom(R"({"name": "failing", "users": {"openingBalance": 1000},
        "mix": [{"operation": "spend", "count": 10, "amount": 5}]})");
    Monitor monitor;
    const auto report = Engine(lab.targets(), lab.benches()).run(scenario, {}, monitor, {});
    QCOMPARE(report->live.outcomes.failed, 1);
    QVERIFY2(report->verdict == Verdict::Unknown, qPrintable(story(*report)));
    QCOMPARE(report->reasons, QStringList{QStringLiteral("failed operations: 1")});
}

void TestEngine::aVoidedOperationIsNoAnswer()
{
    FakeLab lab;
    lab.store.failNext({.failure = lost(Failure::Kind::OutcomeUnknown)}, 6);
    const Scenario scenario = custom(R"({"name": "void", "users": {"openingBalance": 3},
        "mix": [{"operation": "spend", "count": 1, "amount": 5}]})");
    Monitor monitor;
    const auto report = Engine(lab.targets(), lab.benches()).run(scenario, {}, monitor, {});
    QCOMPARE(report->live.outcomes.voided, 1);
    QVERIFY2(report->verdict == Verdict::Unknown, qPrintable(story(*report)));
    QCOMPARE(report->reasons, QStringList{QStringLiteral("spend: never answered")});
}

void TestEngine::finalReadsThatFailAreUnknown()
{
    FakeLab lab;
    lab.isSnapshotBroken = true;
    Monitor monitor;
    const auto report =
        Engine(lab.targets(), lab.benches()).run(builtin("concurrent-spends"), {}, monitor, {});
    QVERIFY2(report->verdict == Verdict::Unknown, qPrintable(story(*report)));
    QVERIFY(report->reasons.contains(QStringLiteral("final reads incomplete")));
}

void TestEngine::anUnkeptPromiseIsViolated()
{
    FakeLab lab;
    const TargetOpener liars = [&lab](const Target&,
                                      const QString&) -> Result<std::unique_ptr<Ledger>> {
        return std::unique_ptr<Ledger>(std::make_unique<Liar>(lab.store));
    };
    Monitor monitor;
    const auto report =
        Engine(liars, lab.benches()).run(builtin("concurrent-spends"), {}, monitor, {});
    QCOMPARE(report->verdict, Verdict::Violated);
    QVERIFY(failedAsNamed(*report, {.invariants = {QStringLiteral("R1")}}));
    QVERIFY(!failedAsNamed(*report, {.invariants = {QStringLiteral("R8")}}));
    QCOMPARE(report->invariants.first().violations, 10);
}

void TestEngine::aMissedThresholdIsASloMiss()
{
    FakeLab lab;
    Scenario scenario = builtin("exact-balance");
    scenario.thresholds = {*parseThreshold(QStringLiteral("throughput.ok >= 100000000")),
                           *parseThreshold(QStringLiteral("response.max < 60s"))};
    Monitor monitor;
    const auto report = Engine(lab.targets(), lab.benches()).run(scenario, {}, monitor, {});
    QCOMPARE(report->verdict, Verdict::SloMiss);
    QVERIFY(!report->thresholds[0].met);
    QVERIFY(report->thresholds[1].met);
}

void TestEngine::stopsOutOfItsThinkTimeWithAVerdict()
{
    FakeLab lab;
    lab.store.delayCalls(5);
    Scenario scenario = builtin("hot-customer");
    scenario.thinkMillis = 60'000; // asleep when the stop comes
    std::stop_source stop;
    QElapsedTimer sinceStop;
    Monitor monitor;
    std::jthread stopper([&] {
        while (monitor.snapshot().outcomes.ok < 10)
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        lab.store.delayCalls(0);
        sinceStop.start();
        stop.request_stop();
    });
    const auto report =
        Engine(lab.targets(), lab.benches()).run(scenario, {}, monitor, stop.get_token());
    stopper.join();
    QVERIFY2(sinceStop.elapsed() < 20'000, qPrintable(QString::number(sinceStop.elapsed())));
    QVERIFY(report.ok());
    QVERIFY2(report->verdict != Verdict::Violated, qPrintable(story(*report)));
    QVERIFY(report->live.outcomes.issued() >= 10);
    QCOMPARE(report->live.outcomes.unfinished, 0);
}

void TestEngine::aRunThatWasStoppedIsNoPass_data()
{
    QTest::addColumn<QByteArray>("until");
    QTest::addColumn<QString>("reason");
    QTest::newRow("by time") << QByteArray(R"({"seconds": 60})")
                             << QStringLiteral("^stopped after [0-9.]+ s of 60 s$");
    QTest::newRow("by number") << QByteArray(R"({"operations": 9000})")
                               << QStringLiteral("^[0-9]+ of 9000 operations were done$");
}

void TestEngine::aRunThatWasStoppedIsNoPass()
{
    QFETCH(QByteArray, until);
    QFETCH(QString, reason);
    FakeLab lab;
    lab.store.delayCalls(1);
    const Scenario scenario = custom(R"({"name": "stopped", "users": {"openingBalance": 100000},
        "mix": [{"operation": "spend", "weight": 1, "amount": 1}], "until": )" +
                                     until + "}");
    std::stop_source stop;
    Monitor monitor;
    std::jthread stopper([&] {
        while (monitor.snapshot().outcomes.ok < 10)
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        stop.request_stop();
    });
    const auto report =
        Engine(lab.targets(), lab.benches()).run(scenario, {}, monitor, stop.get_token());
    stopper.join();
    QVERIFY2(report->verdict == Verdict::Unknown, qPrintable(story(*report)));
    QCOMPARE(report->reasons.size(), 1);
    QVERIFY2(QRegularExpression(reason).match(report->reasons.first()).hasMatch(),
             qPrintable(story(*report)));
}

void TestEngine::endsWhenItsTimeIsOver()
{
    FakeLab lab;
    lab.store.delayCalls(2);
    Scenario scenario = builtin("hot-customer");
    scenario.seconds = 0.5;
    Monitor monitor;
    const auto report = Engine(lab.targets(), lab.benches()).run(scenario, {}, monitor, {});
    QVERIFY2(report->verdict == Verdict::Pass, qPrintable(story(*report)));
    QVERIFY(report->seconds >= 0.5 && report->seconds < 2.0);
    QVERIFY(report->live.series.size() <= 600);
    qint64 answered = 0;
    for (const SeriesPoint& point : report->live.series)
        answered += point.ok + point.refused + point.failed + point.unknown;
    QCOMPARE(answered, report->live.outcomes.issued());
    QCOMPARE(report->live.hottest.size(), 5);
    QVERIFY(report->live.hottest[0].operations > report->live.hottest[4].operations);
    QVERIFY(report->live.timeline.isEmpty());
}

void TestEngine::fourHundredClientsStartTogether()
{
    FakeLab lab;
    lab.maxConnections = 500;
    const Scenario scenario = custom(R"({"name": "many", "users": {"openingBalance": 100000},
        "mix": [{"operation": "spend", "count": 400, "amount": 7}], "load": {"clients": 400},
        "expect": {"balance": 97200, "ok": 400}})");
    Monitor monitor;
    const auto report = Engine(lab.targets(), lab.benches()).run(scenario, {}, monitor, {});
    QVERIFY2(report->verdict == Verdict::Pass, qPrintable(story(*report)));
}

void TestEngine::theMonitorCanBeReadFromAnyThread()
{
    FakeLab lab;
    lab.store.delayCalls(1);
    Monitor monitor;
    std::atomic<bool> isOver = false;
    std::atomic<int> wrong = 0;
    std::jthread watcher([&] {
        while (!isOver) {
            const LiveSnapshot live = monitor.snapshot();
            if (live.outcomes.issued() < live.outcomes.ok || live.hottest.size() > 5)
                ++wrong;
        }
    });
    Scenario scenario = builtin("hot-customer");
    scenario.seconds = 0.3;
    QVERIFY(Engine(lab.targets(), lab.benches()).run(scenario, {}, monitor, {}).ok());
    isOver = true;
    watcher.join();
    QCOMPARE(wrong.load(), 0);
}

void TestEngine::aSampleBeforeTheStartBelongsToNoTime()
{
    Recorder recorder;
    recorder.prepare(Plan(builtin("exact-balance"), QStringLiteral("r")));
    recorder.add({.at = Instant::now(), .active = 1});
    recorder.collect();
    QVERIFY(recorder.snapshot().series.isEmpty());
    recorder.start(std::chrono::steady_clock::now());
    recorder.add({.at = Instant::now(), .active = 1});
    recorder.collect();
    const QList<SeriesPoint> series = recorder.snapshot().series;
    QVERIFY(!series.isEmpty());
    QVERIFY2(series.last().atSeconds < 5, qPrintable(QString::number(series.last().atSeconds)));
}

void TestEngine::everyPlannedOperationHasAPlaceInAHistory()
{
    Scenario scenario = custom(R"({"name": "large", "until": {"operations": 10000000},
        "mix": [{"operation": "read", "weight": 1}], "load": {"clients": 3}})");
    QCOMPARE(mostOperationsOfWorker(scenario), 3'333'334);
    scenario.operations.reset();
    scenario.seconds = 60; // may not grow without end either
    QCOMPARE(mostOperationsOfWorker(scenario), 3'333'334);
}

void TestEngine::operationsAfterOthersComeLast()
{
    FakeLab lab;
    lab.store.delayCalls(3);
    Monitor monitor;
    const auto report =
        Engine(lab.targets(), lab.benches()).run(builtin("duplicate-key"), {}, monitor, {});
    qint64 lastEnd = 0;
    qint64 lastSent = 0;
    for (const TimelineEntry& entry : report->live.timeline) {
        if (entry.amount == Credits::of(200))
            lastSent = entry.sentMicros;
        else
            lastEnd = std::max(lastEnd, entry.endMicros);
    }
    QVERIFY(lastSent >= lastEnd);
}

void TestEngine::sameSeedSameOperations()
{
    FakeLab lab;
    Monitor monitor;
    Engine engine(lab.targets(), lab.benches());
    Scenario scenario = builtin("high-concurrency");
    const QString once = engine.run(scenario, {}, monitor, {})->operationsHash;
    QCOMPARE(engine.run(scenario, {}, monitor, {})->operationsHash, once);
    scenario.seed = 43;
    QVERIFY(engine.run(scenario, {}, monitor, {})->operationsHash != once);
}

void TestEngine::reportsTheJsonOfTheContract()
{
    FakeLab lab;
    Monitor monitor;
    const auto report =
        Engine(lab.targets(), lab.benches()).run(builtin("insufficient-balance"), {}, monitor, {});
    const QJsonObject json = toJson(*report);
    QCOMPARE(json.value(QStringLiteral("tallystick")).toInt(), 1);
    QCOMPARE(json.value(QStringLiteral("verdict")).toString(), QStringLiteral("pass"));
    QCOMPARE(json.value(QStringLiteral("seed")).toInteger(), 42);
    QCOMPARE(json.value(QStringLiteral("operationsHash")).toString().size(), 64);
    const QJsonObject outcomes = json.value(QStringLiteral("outcomes")).toObject();
    for (const char* const count : {"ok", "replayed", "refused", "failed", "unknown", "applied",
                                    "voided", "unresolved", "skipped", "unfinished"})
        QVERIFY2(outcomes.value(QLatin1String(count)).isDouble(), count);
    QCOMPARE(outcomes.value(QStringLiteral("issued")).toInt(), 10);
    QCOMPARE(outcomes.value(QStringLiteral("refusedBy"))
                 .toObject()
                 .value(QStringLiteral("CreditsInsufficient"))
                 .toInt(),
             5);
    QCOMPARE(outcomes.value(QStringLiteral("byOperation"))
                 .toObject()
                 .value(QStringLiteral("spend"))
                 .toObject()
                 .value(QStringLiteral("ok"))
                 .toInt(),
             5);
    const QJsonObject latency = json.value(QStringLiteral("latencyMicros")).toObject();
    for (const char* const series : {"response", "service", "lockWait"})
        QVERIFY2(latency.value(QLatin1String(series)).toObject().contains(QStringLiteral("p99")),
                 series);
    const QJsonObject first = json.value(QStringLiteral("invariants")).toArray().first().toObject();
    QCOMPARE(first.value(QStringLiteral("id")).toString(), QStringLiteral("R1"));
    QCOMPARE(first.value(QStringLiteral("verdict")).toString(), QStringLiteral("valid"));
    for (const char* const list : {"reasons", "thresholds", "series", "faults", "timeline"})
        QVERIFY2(json.value(QLatin1String(list)).isArray(), list);
    // What the report keeps of the scenario repeats the run.
    const auto again =
        parseScenario(QJsonDocument(json.value(QStringLiteral("scenario")).toObject()).toJson());
    QCOMPARE(Plan(std::get<Scenario>(again), QStringLiteral("x")).hash(),
             json.value(QStringLiteral("operationsHash")).toString());
}

QTEST_GUILESS_MAIN(TestEngine)
#include "tst_engine.moc"
