// SPDX-License-Identifier: GPL-3.0-or-later
//! Scenario files: what is read, what is refused and where.
#include "ledger/stress/scenario.h"

#include <QtCore/QDir>
#include <QtCore/QJsonDocument>
#include <QtCore/QSet>
#include <QtTest/QtTest>

using namespace tallystick;

namespace {

QByteArray minimal(const QByteArray& members)
{
    return R"({"name": "x", "mix": [{"operation": "spend", "count": 1, "amount": 5}])" +
           (members.isEmpty() ? QByteArray() : ", " + members) + "}";
}

Scenario parsed(const QByteArray& json)
{
    const auto result = parseScenario(json);
    if (const auto* error = std::get_if<ScenarioError>(&result)) {
        qWarning("%s: expected %s, found %s", qPrintable(error->path), qPrintable(error->expected),
                 qPrintable(error->found));
        return {};
    }
    return std::get<Scenario>(result);
}

} // namespace

class TestScenario final : public QObject
{
    Q_OBJECT
private slots:
    void readsEveryMember();
    void saysWhatAFileIsThatIsNoObject();
    void refusesWithThePathOfTheWrongMember_data();
    void refusesWithThePathOfTheWrongMember();
    void preparedRowsMayUseUpWhatIsThere();
    void readsAndWritesEveryLoad_data();
    void readsAndWritesEveryLoad();
    void writesAFileThatReadsTheSame();
    void builtinsAreExactlyTheFiles();
    void everyFaultIsUsedByAControl();
    void thresholdsNameAMetricWithItsUnit();
};

void TestScenario::readsEveryMember()
{
    const Scenario scenario = parsed(R"({
        "name": "n", "title": "t", "description": "d", "target": {"way": "row-lock"},
        "users": {"count": 7, "openingBalance": -5, "balanceRow": false,
                  "choice": {"kind": "hotSet", "users": 2, "percent": 80}},
        "mix": [{"operation": "topUp", "weight": 3, "amount": {"min": 1, "max": 9}, "ceiling": 50},
                {"operation": "reward", "weight": 1, "amount": 4, "step": "S"}],
        "load": {"model": "closed", "clients": 9, "thinkMillis": 4, "holdLockMillis": 20},
        "until": {"seconds": 2.5}, "seed": 9007199254740993, "faults": [],
        "thresholds": ["response.p99 < 50ms"]})");
    QCOMPARE(scenario.name, QStringLiteral("n"));
    QCOMPARE(scenario.target.way, Way::RowLock);
    QCOMPARE(scenario.users.count, 7);
    QCOMPARE(scenario.users.openingBalance, Credits::of(-5));
    QVERIFY(!scenario.users.balanceRow);
    QCOMPARE(scenario.users.hotPercent, 80);
    QCOMPARE(scenario.mix.size(), 2);
    QCOMPARE(scenario.mix[0].maxAmount, Credits::of(9));
    QCOMPARE(*scenario.mix[0].ceiling, Credits::of(50));
    QCOMPARE(scenario.mix[1].step, QStringLiteral("S"));
    QCOMPARE(scenario.clients, 9);
    QCOMPARE(scenario.holdLockMillis, 20);
    QCOMPARE(*scenario.seconds, 2.5);
    QCOMPARE(scenario.seed, quint64(9007199254740993)); // 2^53 + 1: no double on the way
    QCOMPARE(scenario.thresholds.size(), 1);
}

void TestScenario::refusesWithThePathOfTheWrongMember_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("path");
    const auto row = [](const char* name, const QByteArray& json, const char* path) {
        QTest::newRow(name) << json << QString::fromLatin1(path);
    };
    const auto mix = [](const QByteArray& entry) {
        return R"({"name": "x", "until": {"operations": 9}, "mix": [)"
               R"({"operation": "read", "weight": 1}, )" +
               entry + "]}";
    };
    const auto open = [](const QByteArray& members) {
        return minimal(R"("load": {"model": "open", )" + members + "}");
    };
    row("not json", "{", "");
    row("not an object", "[1]", "");
    row("no name", R"({"mix": []})", "name");
    row("no mix", R"({"name": "x"})", "mix");
    row("unknown member", minimal(R"("colour": 1)"), "colour");
    row("unknown way", minimal(R"("target": {"way": "magic"})"), "target.way");
    row("a fault as target", minimal(R"("target": {"fault": "no-lock"})"), "target.fault");
    row("users not an object", minimal(R"("users": 3)"), "users");
    row("no users", minimal(R"("users": {"count": 0})"), "users.count");
    row("fraction", minimal(R"("users": {"count": 1.5})"), "users.count");
    row("beyond storage", minimal(R"("users": {"openingBalance": 2147483648})"),
        "users.openingBalance");
    row("money without history", minimal(R"("users": {"openingBalance": 5, "history": false})"),
        "users.history");
    row("prepared amount", minimal(R"("users": {"prepared": [{"name": "a", "operation": "topUp",
        "amount": 0}]})"),
        "users.prepared[0].amount");
    row("prepared below zero", minimal(R"("users": {"prepared": [{"name": "a",
        "operation": "spend", "amount": 5}]})"),
        "users.prepared[0].amount");
    row("prepared below zero later", minimal(R"("users": {"openingBalance": 9, "prepared": [
        {"name": "a", "operation": "spend", "amount": 5},
        {"name": "b", "operation": "spend", "amount": 5}]})"),
        "users.prepared[1].amount");
    row("prepared beyond storage", minimal(R"("users": {"openingBalance": 2147483647,
        "prepared": [{"name": "a", "operation": "topUp", "amount": 1}]})"),
        "users.prepared[0].amount");
    row("prepared twice", minimal(R"("users": {"prepared": [
        {"name": "a", "operation": "topUp", "amount": 1},
        {"name": "a", "operation": "topUp", "amount": 1}]})"),
        "users.prepared[1].name");
    row("theta", minimal(R"("users": {"choice": {"kind": "zipf", "theta": 2}})"),
        "users.choice.theta");
    row("min above max", mix(R"({"operation": "spend", "weight": 1, "amount":
        {"min": 5, "max": 4}})"),
        "mix[1].amount.max");
    row("amount not a number", mix(R"({"operation": "spend", "weight": 1, "amount": "5"})"),
        "mix[1].amount");
    row("amount beyond 64 bits", mix(R"({"operation": "spend", "weight": 1,
        "amount": 1e30})"),
        "mix[1].amount");
    row("amount missing", mix(R"({"operation": "spend", "weight": 1})"), "mix[1].amount");
    row("amount of a read", mix(R"({"operation": "read", "weight": 1, "amount": 5})"),
        "mix[1].amount");
    row("unknown operation", mix(R"({"operation": "steal", "weight": 1})"), "mix[1].operation");
    row("neither weight nor count", mix(R"({"operation": "read"})"), "mix[1].weight");
    row("reward without step", mix(R"({"operation": "reward", "weight": 1, "amount": 5})"),
        "mix[1].step");
    row("reversal of nothing known", mix(R"({"operation": "reverse", "weight": 1, "of": "a"})"),
        "mix[1].of");
    row("element not an object", R"({"name": "x", "mix": [3]})", "mix[0]");
    row("too many clients", minimal(R"("load": {"clients": 501})"), "load.clients");
    row("no clients", minimal(R"("load": {"clients": 0})"), "load.clients");
    row("ten thousand clients", minimal(R"("load": {"clients": 10000})"), "load.clients");
    row("unknown model", minimal(R"("load": {"model": "ajar"})"), "load.model");
    row("no rate", minimal(R"("load": {"model": "open"})"), "load.ratePerSecond");
    row("rate 0", open(R"("ratePerSecond": 0)"), "load.ratePerSecond");
    row("rate 10 million", open(R"("ratePerSecond": 10000000)"), "load.ratePerSecond");
    row("rate of a closed load", minimal(R"("load": {"ratePerSecond": 5})"), "load.ratePerSecond");
    row("pause of an open load", open(R"("ratePerSecond": 5, "thinkMillis": 1)"),
        "load.thinkMillis");
    row("unknown arrivals", open(R"("ratePerSecond": 5, "arrivals": "uniform")"), "load.arrivals");
    row("unknown late", open(R"("ratePerSecond": 5, "late": "drop")"), "load.late");
    row("more due than a run may hold", R"({"name": "x", "until": {"seconds": 86400}, "mix": [
        {"operation": "read", "weight": 1}], "load": {"model": "open", "ratePerSecond": 200}})",
        "load.ratePerSecond");
    row("waiting operations of an open load", R"({"name": "x", "mix": [
        {"operation": "read", "count": 1, "delayMillis": 5}],
        "load": {"model": "open", "ratePerSecond": 5}})",
        "load.model");
    row("profile without kind", open(R"("ratePerSecond": 5, "profile": {})"), "load.profile.kind");
    row("unknown profile", open(R"("ratePerSecond": 5, "profile": {"kind": "sine"})"),
        "load.profile.kind");
    row("ramp from nowhere", open(R"("ratePerSecond": 5, "profile": {"kind": "ramp",
        "seconds": 2})"),
        "load.profile.from");
    row("ramp without a length", open(R"("ratePerSecond": 5, "profile": {"kind": "ramp",
        "from": 2})"),
        "load.profile.seconds");
    row("ramp too steep", open(R"("ratePerSecond": 5, "profile": {"kind": "ramp", "seconds": 2,
        "from": 10000000})"),
        "load.profile.from");
    row("no steps", open(R"("ratePerSecond": 5, "profile": {"kind": "steps", "seconds": 2,
        "levels": []})"),
        "load.profile.levels");
    row("a step below 0", open(R"("ratePerSecond": 5, "profile": {"kind": "steps", "seconds": 2,
        "levels": [1, -1]})"),
        "load.profile.levels[1]");
    row("spike at no time", open(R"("ratePerSecond": 5, "profile": {"kind": "spike",
        "seconds": 2, "level": 9})"),
        "load.profile.at");
    row("a member of another profile", open(R"("ratePerSecond": 5, "profile": {"kind": "ramp",
        "seconds": 2, "from": 1, "levels": [1]})"),
        "load.profile.levels");
    row("too many clients for a while", R"({"name": "x", "until": {"seconds": 9}, "mix": [
        {"operation": "read", "weight": 1}], "load": {"clients": 5, "profile": {"kind": "spike",
        "at": 1, "seconds": 1, "level": 501}}})",
        "load.profile.level");
    row("clients by number come and go", minimal(R"("load": {"clients": 5, "profile": {
        "kind": "ramp", "from": 1, "seconds": 2}})"),
        "load.profile");
    row("no end", R"({"name": "x", "mix": [{"operation": "read", "weight": 1}]})", "until");
    row("two ends", minimal(R"("until": {"seconds": 1, "operations": 1})"), "until");
    row("other than counted", minimal(R"("until": {"operations": 2})"), "until");
    row("negative seed", minimal(R"("seed": -1)"), "seed");
    row("threshold", minimal(R"("thresholds": ["response.p99 < 50ms", "fast"])"), "thresholds[1]");
    row("unknown refusal", minimal(R"("expect": {"refused": {"Rude": 1}})"), "expect.refused.Rude");
    row("unknown fault", minimal(R"("control": {"fault": "x", "invariants": ["R4"]})"),
        "control.fault");
    row("second control", minimal(R"("control": [{"fault": "no-lock", "invariants": ["R4"]},
        {"fault": "no-lock", "invariants": []}])"),
        "control[1].invariants");
    row("faults are not ours yet", minimal(R"("faults": [{"kind": "kill"}])"), "faults");
}

void TestScenario::refusesWithThePathOfTheWrongMember()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, path);
    const auto result = parseScenario(json);
    const auto* error = std::get_if<ScenarioError>(&result);
    QVERIFY(error);
    QCOMPARE(error->path, path);
    QVERIFY(!error->expected.isEmpty());
    QVERIFY(!error->found.isEmpty());
}

void TestScenario::saysWhatAFileIsThatIsNoObject()
{
    const auto found = [](const QByteArray& json) {
        return std::get<ScenarioError>(parseScenario(json)).found;
    };
    QCOMPARE(found(" \n"), QStringLiteral("an empty file"));
    QCOMPARE(found("[]"), QStringLiteral("a list"));
    QVERIFY(found("{").contains(QStringLiteral("at byte 1")));
}

void TestScenario::preparedRowsMayUseUpWhatIsThere()
{
    const Scenario scenario = parsed(minimal(R"("users": {"openingBalance": 5, "prepared": [
        {"name": "pending", "operation": "spend", "amount": 9, "active": false},
        {"name": "all", "operation": "spend", "amount": 5},
        {"name": "again", "operation": "topUp", "amount": 2147483647}]})"));
    QCOMPARE(scenario.users.prepared.size(), 3);
}

void TestScenario::readsAndWritesEveryLoad_data()
{
    QTest::addColumn<QByteArray>("load");
    QTest::addColumn<int>("sessions");
    QTest::addColumn<double>("levelAtOneSecond");
    QTest::newRow("closed") << QByteArray(R"({"model": "closed", "clients": 9, "thinkMillis": 4})")
                            << 9 << 9.0;
    QTest::newRow("open") << QByteArray(R"({"model": "open", "clients": 3, "ratePerSecond": 12.5,
        "arrivals": "poisson", "late": "skip"})")
                          << 3 << 12.5;
    QTest::newRow("ramp") << QByteArray(R"({"model": "open", "clients": 3, "ratePerSecond": 100,
        "arrivals": "constant", "late": "run",
        "profile": {"kind": "ramp", "from": 0, "seconds": 4}})")
                          << 3 << 25.0;
    QTest::newRow("steps") << QByteArray(R"({"model": "closed", "clients": 4, "thinkMillis": 0,
        "profile": {"kind": "steps", "levels": [1, 8, 2], "seconds": 0.7}})")
                           << 8 << 8.0;
    QTest::newRow("spike") << QByteArray(R"({"model": "closed", "clients": 4, "thinkMillis": 0,
        "profile": {"kind": "spike", "at": 0.5, "level": 20, "seconds": 1}})")
                           << 20 << 20.0;
}

void TestScenario::readsAndWritesEveryLoad()
{
    QFETCH(QByteArray, load);
    const Scenario scenario = parsed(R"({"name": "x", "until": {"seconds": 9}, "mix": [
        {"operation": "read", "weight": 1}], "load": )" +
                                     load + "}");
    QCOMPARE(toJson(scenario).value(QStringLiteral("load")).toObject(),
             QJsonDocument::fromJson(load).object());
    QTEST(sessionsOf(scenario), "sessions");
    QTEST(curveOf(scenario).levelAt(1), "levelAtOneSecond");
}

void TestScenario::writesAFileThatReadsTheSame()
{
    for (const Scenario& scenario : builtinScenarios()) {
        const QJsonObject written = toJson(scenario);
        const Scenario again = parsed(QJsonDocument(written).toJson());
        QCOMPARE(toJson(again), written);
        QCOMPARE(again.name, scenario.name);
    }
}

void TestScenario::builtinsAreExactlyTheFiles()
{
    QSet<QString> files;
    const QDir folder(QStringLiteral(TALLYSTICK_SOURCE_DIR "/resources/scenarios"));
    for (const QString& file : folder.entryList({QStringLiteral("*.json")}))
        files.insert(file.chopped(5));
    QSet<QString> names;
    for (const Scenario& scenario : builtinScenarios()) {
        names.insert(scenario.name);
        QVERIFY2(!scenario.title.isEmpty() && !scenario.description.isEmpty(),
                 qPrintable(scenario.name));
        // Statements are sound or broken as they are: those that are broken stand beside it.
        const bool isSoundSql = scenario.target.way == Way::Statements && scenario.inSuite;
        QVERIFY2(scenario.controls.isEmpty() == isSoundSql, qPrintable(scenario.name));
    }
    QCOMPARE(names, files);
    QCOMPARE(builtinScenarios().size(), 24);
    QVERIFY(builtinScenario(QStringLiteral("cold-start")));
    QVERIFY(!builtinScenario(QStringLiteral("nothing")));
}

void TestScenario::everyFaultIsUsedByAControl()
{
    QSet<QString> used;
    for (const Scenario& scenario : builtinScenarios())
        for (const Control& control : scenario.controls)
            if (scenario.inSuite && control.fault)
                used.insert(nameOf(*control.fault));
    for (const Fault fault : allFaults)
        QVERIFY2(used.contains(nameOf(fault)), qPrintable(nameOf(fault)));
}

void TestScenario::thresholdsNameAMetricWithItsUnit()
{
    const auto threshold = parseThreshold(QStringLiteral("response.p99 < 50ms"));
    QVERIFY(threshold);
    QCOMPARE(threshold->limit, 50'000.0);
    QCOMPARE(parseThreshold(QStringLiteral("throughput.ok >= 1000"))->limit, 1000.0);
    QVERIFY(!parseThreshold(QStringLiteral("response.p99 < 50")));
    QVERIFY(!parseThreshold(QStringLiteral("throughput.ok >= 5ms")));
    QVERIFY(!parseThreshold(QStringLiteral("response.p98 < 5ms")));
}

QTEST_APPLESS_MAIN(TestScenario)
#include "tst_scenario.moc"
