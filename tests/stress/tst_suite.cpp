// SPDX-License-Identifier: GPL-3.0-or-later
//! Every built-in scenario passes on PostgreSQL, both ways, and every broken posting is caught.
#include "ledger/postgres/open.h"
#include "ledger/stress/engine.h"
#include "tests/support/testserver.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QThread>
#include <QtTest/QtTest>

#include <stop_token>

using namespace tallystick;

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int repetitions = 3; // what they look for shows itself at once
#else
constexpr int repetitions = 20;
#endif

QString story(const Report& report)
{
    QStringList lines{nameOf(report.verdict)};
    lines += report.reasons;
    for (const InvariantResult& result : report.invariants)
        for (const Example& example :
             result.examples.first(std::min<qsizetype>(3, result.examples.size())))
            lines.append(QStringLiteral("%1: %2 %3 expected %4 found %5")
                             .arg(result.id, example.what, example.key.text())
                             .arg(example.expected ? example.expected->value() : -1)
                             .arg(example.found ? example.found->value() : -1));
    for (auto failed = report.live.failedBy.begin(); failed != report.live.failedBy.end(); ++failed)
        lines.append(QStringLiteral("failed %1: %2").arg(failed.key()).arg(failed.value()));
    return lines.join(QStringLiteral("\n  "));
}

QString faultNameOf(const Control& control)
{
    return control.fault ? nameOf(*control.fault) : QStringLiteral("as it is");
}

} // namespace

class TestSuite final : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void everyScenarioPassesBothWays_data();
    void everyScenarioPassesBothWays();
    void everyControlFailsAsNamed_data();
    void everyControlFailsAsNamed();
    void locksAreProvedBySamples();
    void aServerKilledInTheMiddleIsNeverAViolation();
    void stopsWhileEverybodyWaitsForALock();
    void aTimedRunOfManyUsersPasses();
    void refusesADatabaseWithoutTheMarker();

private:
    [[nodiscard]] Result<Report> run(const Scenario& scenario, Monitor& monitor);
    [[nodiscard]] Engine engine() const;

    std::unique_ptr<TestServer> m_server;
    Connection m_connection;
};

void TestSuite::initTestCase()
{
    m_server = std::make_unique<TestServer>();
    m_connection = m_server->createDatabase();
}

Engine TestSuite::engine() const
{
    const Connection connection = m_connection;
    return Engine(
        [connection](const Target& target, const QString& sessionName) {
            Connection own = connection;
            own.sessionName = sessionName;
            return postgres::openLedger(own, target);
        },
        [connection] { return postgres::openBench(connection); });
}

Result<Report> TestSuite::run(const Scenario& scenario, Monitor& monitor)
{
    return engine().run(scenario, {}, monitor, {});
}

void TestSuite::everyScenarioPassesBothWays_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<Way>("way");
    for (const Scenario& scenario : builtinScenarios())
        for (const Way way : waysOf(scenario))
            if (scenario.inSuite)
                QTest::addRow("%s %s", qPrintable(scenario.name), qPrintable(nameOf(way)))
                    << scenario.name << way;
}

void TestSuite::everyScenarioPassesBothWays()
{
    QFETCH(QString, name);
    QFETCH(Way, way);
    Scenario scenario = *builtinScenario(name);
    scenario.target.way = way;
    for (int repetition = 0; repetition < repetitions; ++repetition) {
        Monitor monitor;
        const auto report = run(scenario, monitor);
        QVERIFY(report.ok());
        QVERIFY2(report->verdict == Verdict::Pass, qPrintable(story(*report)));
        QVERIFY(report->keptUsers.isEmpty());
    }
    QCOMPARE(sql(m_connection, QStringLiteral("SELECT count(*) FROM platform.\"User\"")),
             QStringLiteral("0"));
}

void TestSuite::everyControlFailsAsNamed_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("control");
    for (const Scenario& scenario : builtinScenarios())
        for (int index = 0; index < scenario.controls.size(); ++index)
            if (scenario.inSuite || scenario.target.way == Way::Statements)
                QTest::addRow("%s %s", qPrintable(scenario.name),
                              qPrintable(faultNameOf(scenario.controls[index])))
                    << scenario.name << index;
}

void TestSuite::everyControlFailsAsNamed()
{
    QFETCH(QString, name);
    QFETCH(int, control);
    const Scenario& scenario = *builtinScenario(name);
    for (int repetition = 0; repetition < repetitions; ++repetition) {
        Monitor monitor;
        const auto report = run(underControl(scenario, scenario.controls[control]), monitor);
        QVERIFY(report.ok());
        QVERIFY2(failedAsNamed(*report, scenario.controls[control]), qPrintable(story(*report)));
    }
}

void TestSuite::locksAreProvedBySamples()
{
    Monitor monitor;
    const auto report = run(*builtinScenario(QStringLiteral("locking-behaviour")), monitor);
    QVERIFY(report.ok());
    QCOMPARE(report->lockQueue.size(), 3);
    for (const LockWait& wait : report->lockQueue) {
        QVERIFY(wait.waiterName.contains(QStringLiteral("/w")));
        QVERIFY(wait.waitedMicros > 10'000);
        QVERIFY(!wait.blockerPids.isEmpty());
    }
    // Whoever came later stood behind another waiter, not only behind the holder.
    QVERIFY(report->lockQueue.last().blockerNames.first().contains(QStringLiteral("/w")));
    QVERIFY(report->lockWait.max > 100'000);
}

void TestSuite::aServerKilledInTheMiddleIsNeverAViolation()
{
    Scenario scenario = *builtinScenario(QStringLiteral("hot-customer"));
    scenario.seconds = 4;
    scenario.clients = 8;
    Monitor monitor;
    const Engine own = engine();
    Result<Report> report = Failure{};
    const std::unique_ptr<QThread> thread(
        QThread::create([&] { report = Engine(own).run(scenario, {}, monitor, {}); }));
    thread->start();
    QTRY_VERIFY_WITH_TIMEOUT(monitor.snapshot().outcomes.ok > 300, 10'000);
    m_server->kill();
    m_server->restart();
    QVERIFY(thread->wait(60'000));
    QVERIFY(report.ok());
    for (const InvariantResult& result : report->invariants) {
        QVERIFY2(result.validity != Validity::Invalid, qPrintable(story(*report)));
        // What was acknowledged before the crash was looked for after it.
        if (result.id == QLatin1String("R11"))
            QVERIFY2(result.checked > 100, qPrintable(story(*report)));
    }
    QVERIFY(report->live.outcomes.failed + report->live.outcomes.applied +
                report->live.outcomes.voided + report->live.outcomes.unknown >
            0);
    QVERIFY2(report->verdict == Verdict::Pass || report->verdict == Verdict::SloMiss ||
                 report->verdict == Verdict::Unknown,
             qPrintable(story(*report)));
}

void TestSuite::stopsWhileEverybodyWaitsForALock()
{
    for (const Way way : ruleWays) {
        Scenario scenario = *builtinScenario(QStringLiteral("hot-customer"));
        scenario.target.way = way;
        scenario.clients = 6;
        Monitor monitor;
        std::stop_source stop;
        Result<Report> report = Failure{};
        const std::unique_ptr<QThread> runner(QThread::create(
            [&] { report = engine().run(scenario, {}, monitor, stop.get_token()); }));
        runner->start();
        QTRY_VERIFY_WITH_TIMEOUT(monitor.snapshot().outcomes.ok > 20, 10'000);
        const std::unique_ptr<QThread> blocker(QThread::create([&] {
            static_cast<void>(sqlStateOf(
                m_connection,
                QStringLiteral("BEGIN; LOCK TABLE platform.\"CreditTransaction\" IN EXCLUSIVE "
                               "MODE; SELECT pg_sleep(60)")));
        }));
        blocker->start();
        const auto everybodyWaits = [&] {
            const LiveSnapshot live = monitor.snapshot();
            return !live.series.isEmpty() && live.series.last().waitingForLock == 6;
        };
        QTRY_VERIFY_WITH_TIMEOUT(everybodyWaits(), 20'000);
        QElapsedTimer sinceStop;
        sinceStop.start();
        stop.request_stop();
        QTRY_VERIFY_WITH_TIMEOUT(monitor.snapshot().phase != LiveSnapshot::Phase::Running, 30'000);
        // The lock itself is held for a minute.
        QVERIFY2(sinceStop.elapsed() < 30'000, qPrintable(QString::number(sinceStop.elapsed())));
        runSql(m_connection,
               QStringLiteral("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE "
                              "wait_event = 'PgSleep'"));
        QVERIFY(blocker->wait(60'000) && runner->wait(60'000));
        QVERIFY(report.ok());
        // Nothing is wrong, and nothing says that the rest would have been right.
        QVERIFY2(report->verdict == Verdict::Unknown, qPrintable(story(*report)));
        QCOMPARE(report->reasons.size(), 1);
        QVERIFY2(report->reasons.first().startsWith(QStringLiteral("stopped after")),
                 qPrintable(story(*report)));
        QCOMPARE(report->live.outcomes.unknown, 0);
    }
}

void TestSuite::aTimedRunOfManyUsersPasses()
{
    for (const Way way : ruleWays) {
        Scenario scenario = *builtinScenario(QStringLiteral("hot-customer"));
        scenario.target.way = way;
        scenario.seconds = 2;
        Monitor monitor;
        const auto report = run(scenario, monitor);
        QVERIFY(report.ok());
        QVERIFY2(report->verdict == Verdict::Pass, qPrintable(story(*report)));
        QVERIFY(report->live.outcomes.ok > 100);
    }
}

void TestSuite::refusesADatabaseWithoutTheMarker()
{
    const Connection bare = m_server->createEmptyDatabase();
    Engine own(
        [bare](const Target& target, const QString&) { return postgres::openLedger(bare, target); },
        [bare] { return postgres::openBench(bare); });
    Monitor monitor;
    const auto report = own.run(*builtinScenario(QStringLiteral("exact-balance")), {}, monitor, {});
    QVERIFY(report.failure());
    QCOMPARE(report.failure()->kind, Failure::Kind::NoLabMarker);
}

QTEST_GUILESS_MAIN(TestSuite)
#include "tst_suite.moc"
