// SPDX-License-Identifier: GPL-3.0-or-later
//! Time and peak memory of the verdict on a large run, its rows read from a real server.
//!
//! bench_verdict [--operations N]
//! Starts a lab of its own in a temporary directory and writes the rows a correct run of N
//! operations leaves, then judges that run: spread over 10,000 users, by Zipf over 100, and all on
//! one. A Markdown table; the time contains reading the rows back.
#include "ledger/core/decide.h"
#include "ledger/lab/lab.h"
#include "ledger/postgres/open.h"
#include "ledger/stress/judge.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QCoreApplication>
#include <QtCore/QElapsedTimer>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtCore/QTextStream>

#include <algorithm>
#include <ctime>
#include <malloc.h>

using namespace tallystick;

namespace {

constexpr qint64 rowsAtOnce = 50'000;
constexpr qint64 opening = 1'000'000'000;

struct Case
{
    QString name;
    QByteArray users;
};

Scenario scenarioOf(const Case& c, qint64 operations)
{
    const auto parsed = parseScenario(R"({"name": "large", "users": )" + c.users + R"(,
        "mix": [{"operation": "spend", "weight": 6, "amount": {"min": 1, "max": 50}},
                {"operation": "topUp", "weight": 4, "amount": 60}],
        "load": {"clients": 32}, "until": {"operations": )" +
                                      QByteArray::number(operations) + "}}");
    if (const auto* error = std::get_if<ScenarioError>(&parsed))
        qFatal("%s: expected %s", qPrintable(error->path), qPrintable(error->expected));
    return std::get<Scenario>(parsed);
}

/// The kernel's count of a process's memory, in MB; its peak starts anew after resetPeak().
double statusMegabytes(const char* member)
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (status.open(QIODevice::ReadOnly))
        for (const QByteArray& line : status.readAll().split('\n'))
            if (line.startsWith(member))
                return line.mid(line.indexOf(':') + 1).trimmed().split(' ').first().toDouble() /
                       1024;
    return 0;
}

void resetPeak()
{
    malloc_trim(0);
    QFile clear(QStringLiteral("/proc/self/clear_refs"));
    if (clear.open(QIODevice::WriteOnly))
        clear.write("5");
}

/// Writes a run as 32 sessions would have left it, one operation after the other.
class PastRun final
{
public:
    PastRun(const Plan& plan, History& history, Bench& bench)
        : m_plan(plan)
        , m_history(history)
        , m_bench(bench)
        , m_next(plan.users().size(), qint64(opening))
        , m_sequences(plan.users().size(), 1)
        , m_waiting(plan.users().size())
    {
    }
    void write(qint64 operations)
    {
        for (qint64 ordinal = 0; ordinal < operations; ++ordinal)
            perform(*m_plan.operation(ordinal, int(ordinal % 32)));
        const QList<BenchUser> users = m_plan.benchUsers();
        QList<BenchUser> some;
        qint64 rows = 0;
        for (qsizetype user = 0; user < users.size(); ++user) {
            BenchUser made = users.at(user);
            made.prepared = std::move(m_waiting[user]);
            rows += made.prepared.size();
            some.append(std::move(made));
            if (rows < rowsAtOnce && user + 1 < users.size())
                continue;
            if (!m_bench.createUsers(some))
                qFatal("the rows cannot be written");
            some.clear();
            rows = 0;
        }
    }

private:
    void perform(const PlannedOperation& planned)
    {
        const Posting posting = std::get<Posting>(m_plan.commandFor(planned));
        qint64& balance = m_next[planned.user];
        balance += posting.amount.value();
        Journal& journal = m_history.journal(planned.worker);
        if (!journal.makeRoom())
            qFatal("the history cannot be kept");
        const qint64 now = planned.ordinal * 10;
        OperationRecord& record = journal.append({.planned = planned,
                                                  .intendedMicros = now,
                                                  .sentMicros = now,
                                                  .endMicros = now + 9,
                                                  .applied = posting.amount,
                                                  .balance = Credits::of(balance),
                                                  .sequence = ++m_sequences[planned.user],
                                                  .kind = m_plan.entryOf(planned).operation,
                                                  .outcome = OperationOutcome::Ok,
                                                  .attempts = 1});
        Q_UNUSED(record) // no receipt: the server gives the rows their time
        m_waiting[planned.user].append(posting);
    }

    const Plan& m_plan;
    History& m_history;
    Bench& m_bench;
    QList<qint64> m_next, m_sequences;
    QList<QList<Posting>> m_waiting;
};

} // namespace

int main(int argc, char* argv[])
{
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    const QCommandLineOption number(QStringLiteral("operations"), {}, QStringLiteral("N"),
                                    QStringLiteral("1000000"));
    parser.addOptions({number});
    parser.process(application);
    const qint64 operations = parser.value(number).toLongLong();

    const QTemporaryDir folder;
    // As root the server has an account of its own, which must pass through here.
    QFile::setPermissions(folder.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner |
                                             QFile::ExeGroup | QFile::ExeOther);
    Lab lab({.directory = folder.filePath(QStringLiteral("lab")), .durable = false});
    auto connection = lab.start();
    if (!connection || !postgres::layLabSchema(*connection))
        qFatal("the lab did not start");

    QTextStream out(stdout);
    out << "| " << operations
        << " operations | verdict, s | own CPU, s | peak, MB | above before, MB | valid "
           "|\n|---|---|---|---|---|---|\n";
    for (const Case& c :
         {Case{QStringLiteral("10,000 users"), R"({"count": 10000, "openingBalance": 1000000000})"},
          Case{QStringLiteral("100 users, Zipf 0.99"), R"({"count": 100,
              "openingBalance": 1000000000, "choice": {"kind": "zipf", "theta": 0.99}})"},
          Case{QStringLiteral("one user"), R"({"count": 1, "openingBalance": 1000000000})"}}) {
        const Scenario scenario = scenarioOf(c, operations);
        const Plan plan(scenario, QStringLiteral("bench"));
        History history(32);
        auto bench = postgres::openBench(*connection);
        if (!bench)
            qFatal("no session");
        PastRun(plan, history, **bench).write(operations);
        resetPeak();
        const double before = statusMegabytes("VmRSS");
        QElapsedTimer clock;
        clock.start();
        const std::clock_t startedCpu = std::clock();
        const auto judgement = judge(plan, {}, history, bench->get());
        const double seconds = double(clock.nsecsElapsed()) / 1e9;
        const double cpuSeconds = double(std::clock() - startedCpu) / CLOCKS_PER_SEC;
        const double peak = statusMegabytes("VmHWM");
        if (!judgement)
            qFatal("the run cannot be judged");
        const bool isValid = std::all_of(
            judgement->invariants.begin(), judgement->invariants.end(),
            [](const InvariantResult& result) { return result.validity == Validity::Valid; });
        out << "| " << c.name << " | " << QString::number(seconds, 'f', 2) << " | "
            << QString::number(cpuSeconds, 'f', 2) << " | " << QString::number(peak, 'f', 0)
            << " | " << QString::number(peak - before, 'f', 0) << " | " << (isValid ? "yes" : "no")
            << " |\n";
        out.flush();
        if (!(*bench)->removeUsers(plan.users()))
            qFatal("the users cannot be removed");
    }
    const Outcome stopped = lab.stop();
    return stopped ? 0 : 1;
}
