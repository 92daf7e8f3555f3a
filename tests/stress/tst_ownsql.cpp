// SPDX-License-Identifier: GPL-3.0-or-later
//! Runs against the user's own SQL: what is wrong with it stops them, what it loses is found.
#include "ledger/postgres/open.h"
#include "ledger/stress/engine.h"
#include "tests/support/testserver.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QThread>
#include <QtTest/QtTest>

using namespace tallystick;

namespace {

QByteArray file(const QByteArray& target, const QByteArray& mix = R"({"operation": "spend",
    "count": 4, "amount": 1})")
{
    return R"({"name": "own", "users": {"openingBalance": 100}, "load": {"clients": 2},
               "target": )" +
           target + R"(, "mix": [)" + mix + "]}";
}

QByteArray spendOf(const QByteArray& operation)
{
    return R"({"way": "statements", "statements": {"spend": )" + operation + "}}";
}

QByteArray stepsOf(const QStringList& steps)
{
    const QJsonObject operation{{QStringLiteral("steps"), QJsonArray::fromStringList(steps)}};
    return spendOf(QJsonDocument(operation).toJson());
}

QString story(const Report& report)
{
    QStringList lines{nameOf(report.verdict)};
    lines += report.reasons;
    for (const InvariantResult& result : report.invariants)
        for (const Example& example : result.examples.mid(0, 3))
            lines.append(
                QStringLiteral("%1: %2 %3").arg(result.id, example.what, example.key.text()));
    for (auto failed = report.live.failedBy.begin(); failed != report.live.failedBy.end(); ++failed)
        lines.append(QStringLiteral("failed %1: %2").arg(failed.key()).arg(failed.value()));
    return lines.join(QStringLiteral("\n  "));
}

bool isInvalid(const Report& report, const char* id)
{
    return std::any_of(
        report.invariants.begin(), report.invariants.end(), [id](const InvariantResult& result) {
            return result.id == QLatin1String(id) && result.validity == Validity::Invalid;
        });
}

} // namespace

class TestOwnSql final : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void readsStatements();
    void writesThemAsTheyWereRead();
    void namesTheWrongMember_data();
    void namesTheWrongMember();
    void runsNothingOfWrongSql_data();
    void runsNothingOfWrongSql();
    void whatShowsWhileItRunsEndsTheRun();
    void aReplyThatDiffersFromItsRowIsFound();
    void aKeyOfItsOwnMakingIsALostAcknowledgement();
    void stepsThatCommitOneByOneAreJudgedToo();
    void topUpsMayBeCutAndKeepWhatTheyAskedFor();
    void aServerKilledInTheMiddleIsNeverAViolation();
    void withoutCommitTimesATrailJudges();

private:
    [[nodiscard]] Result<Report> run(const Scenario& scenario, Monitor& monitor) const;
    [[nodiscard]] Result<Report> run(const QByteArray& json) const;
    [[nodiscard]] QString userCount() const
    {
        return sql(m_connection, QStringLiteral("SELECT count(*) FROM platform.\"User\""));
    }
    std::unique_ptr<TestServer> m_server;
    Connection m_connection;
};

void TestOwnSql::initTestCase()
{
    m_server = std::make_unique<TestServer>();
    m_connection = m_server->createDatabase();
}

Result<Report> TestOwnSql::run(const Scenario& scenario, Monitor& monitor) const
{
    const Connection connection = m_connection;
    return Engine(
               [connection](const Target& target, const QString& sessionName) {
                   Connection own = connection;
                   own.sessionName = sessionName;
                   return postgres::openLedger(own, target);
               },
               [connection] { return postgres::openBench(connection); })
        .run(scenario, {}, monitor, {});
}

Result<Report> TestOwnSql::run(const QByteArray& json) const
{
    const auto parsed = parseScenario(json);
    if (const auto* error = std::get_if<ScenarioError>(&parsed))
        qFatal("%s: %s", qPrintable(error->path), qPrintable(error->expected));
    Monitor monitor;
    return run(std::get<Scenario>(parsed), monitor);
}

void TestOwnSql::readsStatements()
{
    const auto parsed = parseScenario(file(R"({"way": "statements", "statements": {
             "spend": {"transaction": false, "steps": ["SELECT 1;", "SELECT\n\t:amount"]},
             "read": {"steps": ["SELECT 1 AS balance"]}}})"));
    QVERIFY(std::holds_alternative<Scenario>(parsed));
    const Scenario scenario = std::get<Scenario>(parsed);
    QCOMPARE(scenario.target.way, Way::Statements);
    QCOMPARE(scenario.target.statements.size(), 2);
    const OwnOperation spend = scenario.target.statements.value(OperationKind::Spend);
    QVERIFY(!spend.transaction);
    QCOMPARE(spend.steps,
             QStringList({QStringLiteral("SELECT 1;"), QStringLiteral("SELECT\n\t:amount")}));
    QVERIFY(scenario.target.statements.value(OperationKind::Read).transaction);
    QCOMPARE(waysOf(scenario), QList<Way>{Way::Statements});
}

void TestOwnSql::writesThemAsTheyWereRead()
{
    for (const Scenario& scenario : builtinScenarios()) {
        const auto again = parseScenario(QJsonDocument(toJson(scenario)).toJson());
        QVERIFY2(std::holds_alternative<Scenario>(again), qPrintable(scenario.name));
        QCOMPARE(std::get<Scenario>(again).target.statements, scenario.target.statements);
        QCOMPARE(toJson(std::get<Scenario>(again)), toJson(scenario));
    }
}

void TestOwnSql::namesTheWrongMember_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("path");
    const auto row = [](const char* name, const QByteArray& target, const char* path) {
        QTest::newRow(name) << file(target) << QString::fromLatin1(path);
    };
    const char* const step0 = "target.statements.spend.steps[0]";
    row("no statements", R"({"way": "statements"})", "target.statements");
    row("none of them", R"({"way": "statements", "statements": {}})", "target.statements");
    row("statements of another way",
        R"({"way": "function", "statements": {"spend": {"steps": ["SELECT 1"]}}})",
        "target.statements");
    row("not of this operation",
        R"({"way": "statements", "statements": {"read": {"steps": ["SELECT 1"]}}})",
        "target.statements.spend");
    row("of an unknown operation",
        R"({"way": "statements", "statements": {"buy": {"steps": ["SELECT 1"]}}})",
        "target.statements.buy");
    row("no steps", spendOf("{}"), "target.statements.spend.steps");
    row("an empty list", spendOf(R"({"steps": []})"), "target.statements.spend.steps");
    row("too many",
        spendOf(R"({"steps": [)" + QByteArray(R"("SELECT 1",)").repeated(20) + R"("SELECT 1"]})"),
        "target.statements.spend.steps");
    row("a number for a step", spendOf(R"({"steps": ["SELECT 1", 2]})"),
        "target.statements.spend.steps[1]");
    row("an empty step", spendOf(R"({"steps": [""]})"), step0);
    row("a step with the character 0", spendOf(R"({"steps": ["SELECT '\u0000'"]})"), step0);
    row("a commit", spendOf(R"({"steps": ["SELECT 1", "COMMIT"]})"),
        "target.statements.spend.steps[1]");
    row("two statements", spendOf(R"({"steps": ["SELECT 1; COMMIT"]})"), step0);
    row("no flag", spendOf(R"({"transaction": "yes", "steps": ["SELECT 1"]})"),
        "target.statements.spend.transaction");
    row("an unknown member", spendOf(R"({"retry": true, "steps": ["SELECT 1"]})"),
        "target.statements.spend.retry");
    QTest::newRow("a fault of another target")
        << file(stepsOf({QStringLiteral("SELECT 1")})).chopped(1) +
               R"(, "control": {"fault": "no-lock", "invariants": ["R4"]}})"
        << QStringLiteral("control.fault");
}

void TestOwnSql::namesTheWrongMember()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, path);
    const auto parsed = parseScenario(json);
    const auto* const error = std::get_if<ScenarioError>(&parsed);
    QVERIFY(error);
    QCOMPARE(error->path, path);
    QVERIFY(!error->expected.isEmpty() && !error->found.isEmpty());
}

void TestOwnSql::runsNothingOfWrongSql_data()
{
    QTest::addColumn<QString>("step");
    QTest::newRow("syntax error") << QStringLiteral("SELECT FROM WHERE");
    QTest::newRow("missing placeholder") << QStringLiteral("SELECT :balnce");
    QTest::newRow("wrong column type")
        << QStringLiteral("SELECT 1 FROM platform.\"UserBalance\" WHERE balance = :user");
    QTest::newRow("missing table") << QStringLiteral("SELECT 1 FROM platform.\"Nowhere\"");
}

void TestOwnSql::runsNothingOfWrongSql()
{
    QFETCH(QString, step);
    const auto report = run(file(stepsOf({QStringLiteral("SELECT 1 AS one"), step})));
    QVERIFY(report.failure());
    QCOMPARE(report.failure()->kind, Failure::Kind::WrongStatement);
    QCOMPARE(report.failure()->statement, QStringLiteral("target.statements.spend.steps[1]"));
    QCOMPARE(userCount(), QStringLiteral("0"));
}

void TestOwnSql::whatShowsWhileItRunsEndsTheRun()
{
    QByteArray json = file(stepsOf({QStringLiteral("SELECT generate_series(1, 2) AS n")}),
                           R"({"operation": "spend", "weight": 1, "amount": 1})");
    json.chop(1);
    const auto report = run(json + R"(, "until": {"seconds": 60}})");
    QVERIFY(report.failure());
    QCOMPARE(report.failure()->kind, Failure::Kind::WrongStatement);
    QCOMPARE(report.failure()->statement, QStringLiteral("target.statements.spend.steps[0]"));
    QCOMPARE(userCount(), QStringLiteral("0"));
}

/// Sound statements with one thing changed.
QStringList soundSteps()
{
    return {QStringLiteral("UPDATE platform.\"UserBalance\" SET balance = balance + :amount WHERE "
                           "\"userId\" = :user RETURNING balance"),
            QStringLiteral("INSERT INTO platform.\"CreditTransaction\" (\"transactionKey\", "
                           "\"userId\", amount, type, \"runningBalance\") VALUES (:key, :user, "
                           ":amount, :type, :balance)")};
}

void TestOwnSql::aReplyThatDiffersFromItsRowIsFound()
{
    const auto sound = run(file(stepsOf(soundSteps())));
    QVERIFY(sound.ok());
    QVERIFY2(sound->verdict == Verdict::Pass, qPrintable(story(*sound)));
    const auto wrong =
        run(file(stepsOf(soundSteps() + QStringList{QStringLiteral("SELECT 7 AS balance")})));
    QVERIFY(wrong.ok());
    QCOMPARE(wrong->verdict, Verdict::Violated);
    QVERIFY2(isInvalid(*wrong, "R7"), qPrintable(story(*wrong)));
}

void TestOwnSql::aKeyOfItsOwnMakingIsALostAcknowledgement()
{
    QStringList steps = soundSteps();
    steps.last().replace(QStringLiteral("(:key,"), QStringLiteral("(gen_random_uuid(),"));
    const auto report = run(file(stepsOf(steps)));
    QVERIFY(report.ok());
    QVERIFY2(isInvalid(*report, "R1"), qPrintable(story(*report)));
}

void TestOwnSql::stepsThatCommitOneByOneAreJudgedToo()
{
    const QJsonObject operation{
        {QStringLiteral("transaction"), false},
        {QStringLiteral("steps"), QJsonArray::fromStringList(soundSteps())}};
    // One operation after the other: nothing comes between their steps.
    QByteArray json = file(spendOf(QJsonDocument(operation).toJson()));
    json.replace(R"("clients": 2)", R"("clients": 1)");
    const auto report = run(json);
    QVERIFY(report.ok());
    QVERIFY2(report->verdict == Verdict::Pass, qPrintable(story(*report)));
    // Sent again, the balance moves and the row does not.
    json.replace(R"("amount": 1})", R"("amount": 1, "key": "one"})");
    const auto twice = run(json);
    QVERIFY(twice.ok());
    QCOMPARE(twice->verdict, Verdict::Violated);
    QVERIFY2(isInvalid(*twice, "R5"), qPrintable(story(*twice)));
}

void TestOwnSql::topUpsMayBeCutAndKeepWhatTheyAskedFor()
{
    QStringList steps = soundSteps();
    steps.first() = QStringLiteral(
        "UPDATE platform.\"UserBalance\" SET balance = greatest(balance, least(:ceiling::integer, "
        "balance + :amount)) WHERE \"userId\" = :user RETURNING balance");
    const QJsonObject topUp{{QStringLiteral("steps"), QJsonArray::fromStringList(steps)}};
    const QJsonObject spend{{QStringLiteral("steps"), QJsonArray::fromStringList(soundSteps())}};
    const QJsonObject target{
        {QStringLiteral("way"), QStringLiteral("statements")},
        {QStringLiteral("statements"),
         QJsonObject{{QStringLiteral("topUp"), topUp}, {QStringLiteral("spend"), spend}}}};
    const QByteArray mix = R"({"operation": "topUp", "count": 40, "amount": 60, "ceiling": 150},
        {"operation": "spend", "count": 20, "amount": {"min": 1, "max": 30}})";
    const QByteArray json = file(QJsonDocument(target).toJson(), mix);
    const auto report = run(json);
    QVERIFY(report.ok());
    QVERIFY2(report->verdict == Verdict::Pass, qPrintable(story(*report)));
    // Without the ceiling they go beyond it.
    QByteArray lifted = json;
    lifted.replace("least(:ceiling::integer, balance + :amount)", "balance + :amount");
    const auto beyond = run(lifted);
    QVERIFY(beyond.ok());
    QVERIFY2(isInvalid(*beyond, "R6"), qPrintable(story(*beyond)));
}

void TestOwnSql::aServerKilledInTheMiddleIsNeverAViolation()
{
    Scenario scenario = *builtinScenario(QStringLiteral("own-sql-locked"));
    scenario.operations.reset();
    scenario.seconds = 4;
    Monitor monitor;
    Result<Report> report = Failure{};
    const std::unique_ptr<QThread> thread(
        QThread::create([&] { report = run(scenario, monitor); }));
    thread->start();
    QTRY_VERIFY_WITH_TIMEOUT(monitor.snapshot().outcomes.ok > 100, 30'000);
    m_server->kill();
    m_server->restart();
    QVERIFY(thread->wait(120'000));
    QVERIFY(report.ok());
    QVERIFY2(report->verdict != Verdict::Violated, qPrintable(story(*report)));
}

void TestOwnSql::withoutCommitTimesATrailJudges()
{
    runSql(m_connection, QStringLiteral("ALTER SYSTEM SET track_commit_timestamp = off"));
    m_server->restart();
    QCOMPARE(sql(m_connection, QStringLiteral("SHOW track_commit_timestamp")),
             QStringLiteral("off"));
    // Many orders may explain the rows; the one nearest to the answers hardly ever contradicts
    // them. Where it does, it proves nothing.
    for (int repetition = 0; repetition < 3; ++repetition) {
        Monitor monitor;
        const auto sound = run(*builtinScenario(QStringLiteral("own-sql-locked")), monitor);
        QVERIFY(sound.ok());
        for (const InvariantResult& result : sound->invariants)
            QVERIFY2(result.validity == Validity::Valid ||
                         (result.validity == Validity::Unknown &&
                          (result.id == QLatin1String("R8") || result.id == QLatin1String("R10"))),
                     qPrintable(story(*sound)));
    }
    for (const char* const name : {"own-sql-racy", "own-sql-cold-start"}) {
        Monitor own;
        const Scenario& scenario = *builtinScenario(QLatin1String(name));
        const auto broken = run(scenario, own);
        QVERIFY(broken.ok());
        QVERIFY2(failedAsNamed(*broken, scenario.controls.first()), qPrintable(story(*broken)));
    }
}

QTEST_GUILESS_MAIN(TestOwnSql)
#include "tst_ownsql.moc"
