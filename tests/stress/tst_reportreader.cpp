// SPDX-License-Identifier: GPL-3.0-or-later
//! Reports come back from their files as they were, and wrong files are told by their member.
#include "ledger/stress/comparison.h"
#include "ledger/stress/engine.h"
#include "ledger/stress/reportreader.h"
#include "tests/stress/fakebench.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtTest/QtTest>

using namespace tallystick;

namespace {

Report ran(const Scenario& scenario)
{
    FakeLab lab;
    lab.store.delayCalls(1);
    Monitor monitor;
    auto report = Engine(lab.targets(), lab.benches()).run(scenario, {}, monitor, {});
    return report.ok() ? *std::move(report) : Report();
}

QByteArray bytes(const QJsonObject& json)
{
    return QJsonDocument(json).toJson();
}

Scenario builtin(const char* name)
{
    return *builtinScenario(QString::fromLatin1(name));
}

/// A report that is read with \a value in place of its member \a name.
QString pathOfError(const Report& report, const char* name, const QJsonValue& value)
{
    QJsonObject json = toJson(report);
    json.insert(QLatin1String(name), value);
    const auto read = parseReport(bytes(json));
    const auto* error = std::get_if<ScenarioError>(&read);
    return error ? error->path : QStringLiteral("none");
}

const ComparedNumber* numberNamed(const Comparison& comparison, const char* name)
{
    for (const ComparedNumber& number : comparison.numbers)
        if (number.name == QLatin1String(name))
            return &number;
    return nullptr;
}

} // namespace

class TestReportReader final : public QObject
{
    Q_OBJECT
private slots:
    void readsBackWhatWasWritten_data();
    void readsBackWhatWasWritten();
    void readsBackViolations();
    void passesOverWhatItDoesNotKnow();
    void namesTheWrongMember();
    void refusesWhatIsNoReport();
    void comparesTheNumbersOfTwoRuns();
    void tellsWhatWasDifferent();
};

void TestReportReader::readsBackWhatWasWritten_data()
{
    QTest::addColumn<QString>("name");
    for (const Scenario& scenario : builtinScenarios())
        if (scenario.inSuite && scenario.operations)
            QTest::newRow(qPrintable(scenario.name)) << scenario.name;
}

void TestReportReader::readsBackWhatWasWritten()
{
    QFETCH(const QString, name);
    const Report report = ran(*builtinScenario(name));
    QVERIFY(!report.operationsHash.isEmpty());
    const QJsonObject json = toJson(report);
    const auto read = parseReport(bytes(json));
    QVERIFY(std::holds_alternative<Report>(read));
    QCOMPARE(bytes(toJson(std::get<Report>(read))), bytes(json));
}

void TestReportReader::readsBackViolations()
{
    Report report = ran(builtin("exact-balance"));
    report.verdict = Verdict::Violated;
    report.reasons = {QStringLiteral("R4 chain: 1 violation")};
    report.warnings = {QStringLiteral("the generator is the bottleneck")};
    report.scenario.target.fault = Fault::NoLock;
    report.keptUsers = {QStringLiteral("u1")};
    report.thresholds = {{.text = QStringLiteral("response.p99 < 5ms"), .met = true, .value = 3.5}};
    report.live.failedBy.insert(QStringLiteral("40001"), 3);
    report.lockQueue = {{.waiterName = QStringLiteral("tallystick-stress/1/w3"),
                         .blockerNames = {QStringLiteral("tallystick-stress/1/w1")},
                         .waitEvent = QStringLiteral("tuple"),
                         .waitedMicros = 4'200,
                         .user = UserId::from(QStringLiteral("u1"))}};
    report.invariants.first().validity = Validity::Invalid;
    report.invariants.first().examples = {{.user = *UserId::from(QStringLiteral("u1")),
                                           .key = *TransactionKey::from(QStringLiteral("k1")),
                                           .expected = Credits::of(5),
                                           .found = std::nullopt,
                                           .what = QStringLiteral("lost")}};
    const QJsonObject json = toJson(report);
    const auto read = parseReport(bytes(json));
    QVERIFY(std::holds_alternative<Report>(read));
    QCOMPARE(bytes(toJson(std::get<Report>(read))), bytes(json));
}

void TestReportReader::passesOverWhatItDoesNotKnow()
{
    QJsonObject json = toJson(ran(builtin("exact-balance")));
    json.insert(QStringLiteral("interrupted"), false);
    json.insert(QStringLiteral("ofALaterVersion"), QJsonArray{1, 2});
    QVERIFY(std::holds_alternative<Report>(parseReport(bytes(json))));
}

void TestReportReader::namesTheWrongMember()
{
    const Report report = ran(builtin("exact-balance"));
    QCOMPARE(pathOfError(report, "tallystick", 2), QStringLiteral("tallystick"));
    QCOMPARE(pathOfError(report, "verdict", QStringLiteral("fine")), QStringLiteral("verdict"));
    QCOMPARE(pathOfError(report, "outcomes", 7), QStringLiteral("outcomes"));
    QCOMPARE(pathOfError(report, "latencyMicros", QJsonValue()), QStringLiteral("latencyMicros"));
    QJsonObject scenario = toJson(report.scenario);
    scenario.insert(QStringLiteral("seed"), QStringLiteral("x"));
    QCOMPARE(pathOfError(report, "scenario", scenario), QStringLiteral("scenario.seed"));
    QCOMPARE(pathOfError(report, "runs", QJsonArray()), QStringLiteral("runs"));
}

void TestReportReader::refusesWhatIsNoReport()
{
    for (const QByteArray& content :
         {QByteArray(), QByteArray("[]"), QByteArray("{"), QByteArray("{}"), QByteArray("\xff")})
        QVERIFY(std::holds_alternative<ScenarioError>(parseReport(content)));
}

void TestReportReader::comparesTheNumbersOfTwoRuns()
{
    Report a, b;
    a.okPerSecond = 1'000;
    b.okPerSecond = 1'250;
    a.response = {.count = 2'000, .p50 = 10, .p95 = 20, .p99 = 30, .p999 = 40, .max = 50};
    b.response = {.count = 500, .p50 = 20, .p95 = 20, .p99 = 15, .p999 = 0, .max = 90};
    b.live.outcomes.failed = 3;
    const Comparison comparison = comparisonOf(a, b);
    QCOMPARE(*numberNamed(comparison, "throughput.ok")->change(), 0.25);
    QCOMPARE(*numberNamed(comparison, "response.p50")->change(), 1.0);
    QCOMPARE(*numberNamed(comparison, "response.p99")->change(), -0.5);
    QVERIFY(!numberNamed(comparison, "response.p999")); // b is too short for it
    QVERIFY(!numberNamed(comparison, "service.p50"));
    const ComparedNumber* failed = numberNamed(comparison, "outcomes.failed");
    QVERIFY(failed && !failed->change());
    QCOMPARE(failed->b, 3.0);
    QVERIFY(!numberNamed(comparison, "outcomes.refused"));
    const QJsonArray numbers = toJson(comparison).value(QStringLiteral("numbers")).toArray();
    QCOMPARE(numbers.size(), comparison.numbers.size());
    QCOMPARE(numbers.first()[QStringLiteral("change")].toDouble(), 0.25);
}

void TestReportReader::tellsWhatWasDifferent()
{
    const Report a = ran(builtin("concurrent-spends"));
    QVERIFY(comparisonOf(a, a).differences.isEmpty());
    Report b = a;
    b.scenario.target.way = a.scenario.target.way == Way::RowLock ? Way::Function : Way::RowLock;
    b.scenario.clients += 1;
    b.server.version = QStringLiteral("99");
    QStringList what;
    for (const Difference& difference : comparisonOf(a, b).differences)
        what << difference.what;
    QCOMPARE(what, (QStringList{QStringLiteral("target"), QStringLiteral("clients"),
                                QStringLiteral("server")}));
}

QTEST_GUILESS_MAIN(TestReportReader)
#include "tst_reportreader.moc"
