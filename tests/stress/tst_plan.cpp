// SPDX-License-Identifier: GPL-3.0-or-later
//! The same seed gives the same operations, on every platform and in the shares asked for.
#include "ledger/stress/plan.h"

#include <QtTest/QtTest>

using namespace tallystick;

namespace {

Scenario custom(const QByteArray& json)
{
    return std::get<Scenario>(parseScenario(json));
}

std::vector<PlannedOperation> allOf(const Plan& plan, qsizetype most)
{
    std::vector<PlannedOperation> operations;
    for (int worker = 0; worker < plan.scenario().clients; ++worker) {
        Plan::Stream stream(plan, worker);
        for (qsizetype done = 0; done < most; ++done) {
            const auto operation = stream.next();
            if (!operation)
                break;
            operations.push_back(*operation);
        }
    }
    return operations;
}

} // namespace

class TestPlan final : public QObject
{
    Q_OBJECT
private slots:
    void numbersAreTheKnownOnes();
    void rangesAreEvenAndInclusive();
    void hashesArePinned();
    void theHashDependsOnTheSeedAndNotOnTheRun();
    void countsAreExactAndOthersComeLast();
    void weightsAreShares();
    void zipfPrefersTheFirstUsers();
    void aHotSetGetsItsShare();
    void anOperationFollowsFromItsNumberAlone();
    void ownKeysSayTheirNumber();
    void usersAreInTheOrderOfTheirNames();
    void keysAreFixedAndUnique();
    void commandsAreWhatTheMixSays();
};

void TestPlan::numbersAreTheKnownOnes()
{
    // The published first outputs of SplitMix64 for the seed 1234567.
    Random random(1'234'567);
    QCOMPARE(random.next(), quint64(6'457'827'717'110'365'317U));
    QCOMPARE(random.next(), quint64(3'203'168'211'198'807'973U));
    QCOMPARE(random.next(), quint64(9'817'491'932'198'370'423U));
    QVERIFY(Random(1, 1).next() != Random(1, 2).next());
    QVERIFY(Random(1, 1).next() != Random(2, 1).next());
}

void TestPlan::rangesAreEvenAndInclusive()
{
    Random random(3);
    std::array<int, 7> hits{};
    for (int draw = 0; draw < 70'000; ++draw) {
        const qint64 number = random.between(-3, 3);
        QVERIFY(number >= -3 && number <= 3);
        ++hits[std::size_t(number + 3)];
    }
    for (const int hit : hits)
        QVERIFY2(hit > 9'500 && hit < 10'500, qPrintable(QString::number(hit)));
    const qint64 least = std::numeric_limits<qint64>::min();
    const qint64 most = std::numeric_limits<qint64>::max();
    QVERIFY(random.between(least, most) != random.between(least, most));
    QCOMPARE(random.between(5, 5), 5);
}

void TestPlan::hashesArePinned()
{
    // A change here means that a seed in an old report no longer repeats its run.
    const auto hashOf = [](const char* name) {
        return Plan(*builtinScenario(QString::fromLatin1(name)), QStringLiteral("x")).hash();
    };
    QCOMPARE(hashOf("high-concurrency"),
             QStringLiteral("dd50ddddf6ca31751351de069240e636ca03a5b792608f40179165dcb76b8d33"));
    QCOMPARE(hashOf("hot-customer"),
             QStringLiteral("306a3f61039374716fbbbef63628044195ffbb6aa3cffa8b5ee2f424544beea5"));
}

void TestPlan::theHashDependsOnTheSeedAndNotOnTheRun()
{
    Scenario scenario = *builtinScenario(QStringLiteral("hot-customer"));
    const QString hash = Plan(scenario, QStringLiteral("a")).hash();
    QCOMPARE(Plan(scenario, QStringLiteral("b")).hash(), hash);
    scenario.seed += 1;
    QVERIFY(Plan(scenario, QStringLiteral("a")).hash() != hash);
}

void TestPlan::countsAreExactAndOthersComeLast()
{
    const Plan plan(custom(R"({"name": "x", "until": {"operations": 50}, "mix": [
        {"operation": "spend", "count": 7, "amount": 1},
        {"operation": "topUp", "count": 2, "amount": 1, "afterOthers": true},
        {"operation": "read", "weight": 1}], "load": {"clients": 4}})"),
                    QStringLiteral("r"));
    std::array<int, 3> counts{};
    for (const PlannedOperation& operation : allOf(plan, 1'000)) {
        ++counts[std::size_t(operation.entry)];
        if (operation.entry == 1)
            QVERIFY(operation.ordinal >= 48);
        QCOMPARE(int(operation.worker), int(operation.ordinal % 4));
    }
    QCOMPARE(counts[0], 7);
    QCOMPARE(counts[1], 2);
    QCOMPARE(counts[2], 41);
    QCOMPARE(plan.operationsBeforeOthers(), 48);
}

void TestPlan::weightsAreShares()
{
    const Plan plan(*builtinScenario(QStringLiteral("hot-customer")), QStringLiteral("r"));
    const auto operations = allOf(plan, 1'000);
    std::array<int, 4> counts{};
    for (const PlannedOperation& operation : operations)
        ++counts[std::size_t(operation.entry)];
    const std::array expected{0.70, 0.10, 0.05, 0.15};
    for (std::size_t entry = 0; entry < counts.size(); ++entry) {
        const double share = double(counts[entry]) / double(operations.size());
        QVERIFY(std::abs(share - expected[entry]) < 0.01);
    }
}

void TestPlan::zipfPrefersTheFirstUsers()
{
    const Plan plan(*builtinScenario(QStringLiteral("hot-customer")), QStringLiteral("r"));
    std::vector<int> hits(100, 0);
    const auto operations = allOf(plan, 1'000);
    for (const PlannedOperation& operation : operations)
        ++hits[std::size_t(operation.user)];
    // With theta 0.99 the first of a hundred gets 1/5.2 of all, the second about half of that.
    const double first = double(hits[0]) / double(operations.size());
    QVERIFY2(first > 0.18 && first < 0.21, qPrintable(QString::number(first)));
    const double ratio = double(hits[0]) / double(hits[1]);
    QVERIFY(ratio > 1.8 && ratio < 2.2);
    QVERIFY(hits[99] > 0);
}

void TestPlan::aHotSetGetsItsShare()
{
    const Plan plan(custom(R"({"name": "x", "until": {"seconds": 1}, "mix": [
        {"operation": "read", "weight": 1}],
        "users": {"count": 50, "choice": {"kind": "hotSet", "users": 2, "percent": 90}}})"),
                    QStringLiteral("r"));
    int hot = 0;
    for (const PlannedOperation& operation : allOf(plan, 10'000))
        hot += operation.user < 2 ? 1 : 0;
    QVERIFY2(hot > 8'800 && hot < 9'200, qPrintable(QString::number(hot)));
}

void TestPlan::anOperationFollowsFromItsNumberAlone()
{
    Scenario scenario = *builtinScenario(QStringLiteral("hot-customer"));
    const Plan plan(scenario, QStringLiteral("r"));
    scenario.clients = 3; // others send it, after other operations
    const Plan fewer(scenario, QStringLiteral("r"));
    for (const qint64 ordinal : {0, 1, 17, 5'000'000}) {
        const auto one = plan.operation(ordinal, 5);
        const auto other = fewer.operation(ordinal, 0);
        QCOMPARE(one->ordinal, ordinal);
        QCOMPARE(int(one->worker), 5);
        QCOMPARE(one->user, other->user);
        QCOMPARE(one->entry, other->entry);
        QCOMPARE(one->amount, other->amount);
    }
    const Plan counted(*builtinScenario(QStringLiteral("concurrent-spends")), QStringLiteral("r"));
    QVERIFY(counted.operation(9, 0));
    QVERIFY(!counted.operation(10, 0));
}

void TestPlan::ownKeysSayTheirNumber()
{
    const Plan plan(*builtinScenario(QStringLiteral("hot-customer")), QStringLiteral("abc"));
    qint64 own = 0;
    for (const PlannedOperation& operation : allOf(plan, 50)) {
        const TransactionKey key = plan.rowKeyOf(operation);
        QCOMPARE(plan.ordinalOf(key).has_value(), plan.hasOwnKey(operation));
        if (!plan.hasOwnKey(operation))
            continue;
        QCOMPARE(*plan.ordinalOf(key), operation.ordinal);
        ++own;
    }
    QVERIFY(own > 0);
    for (const char* const other : {"abc-", "abc-x", "abd-1", "abc", "before-opening"})
        QVERIFY(!plan.ordinalOf(*TransactionKey::from(QString::fromLatin1(other))));
}

void TestPlan::usersAreInTheOrderOfTheirNames()
{
    const Plan plan(custom(R"({"name": "x", "until": {"seconds": 1}, "users": {"count": 1200},
        "mix": [{"operation": "read", "weight": 1}]})"),
                    QStringLiteral("r"));
    QVERIFY(std::is_sorted(plan.users().begin(), plan.users().end()));
}

void TestPlan::keysAreFixedAndUnique()
{
    const Plan plan(*builtinScenario(QStringLiteral("concurrent-spends")), QStringLiteral("r"));
    QSet<TransactionKey> keys;
    for (const PlannedOperation& operation : allOf(plan, 100)) {
        QCOMPARE(plan.rowKeyOf(operation), plan.rowKeyOf(operation));
        keys.insert(plan.rowKeyOf(operation));
    }
    QCOMPARE(keys.size(), 10);
    const Plan shared(*builtinScenario(QStringLiteral("duplicate-key")), QStringLiteral("r"));
    keys.clear();
    for (const PlannedOperation& operation : allOf(shared, 100))
        keys.insert(shared.rowKeyOf(operation));
    QCOMPARE(keys.size(), 1);
}

void TestPlan::commandsAreWhatTheMixSays()
{
    const Plan plan(custom(R"({"name": "x", "users": {"openingBalance": 900, "prepared": [
        {"name": "p", "operation": "topUp", "amount": 50, "active": false}]}, "mix": [
        {"operation": "spend", "count": 1, "amount": 5, "mayOverdraw": true},
        {"operation": "topUp", "count": 1, "amount": 6, "ceiling": 70},
        {"operation": "refund", "count": 1, "amount": 7, "of": "opening"},
        {"operation": "refund", "count": 1, "amount": 8},
        {"operation": "activate", "count": 1, "of": "p"},
        {"operation": "reverse", "count": 1, "of": "opening"},
        {"operation": "reward", "count": 1, "amount": 9, "step": "S"},
        {"operation": "read", "count": 1}]})"),
                    QStringLiteral("r"));
    const UserId user = plan.users().first();
    for (const PlannedOperation& operation : allOf(plan, 100)) {
        const Command command = plan.commandFor(operation);
        const auto* posting = std::get_if<Posting>(&command);
        switch (operation.entry) {
        case 0:
            QCOMPARE(posting->amount, Credits::of(-5));
            QVERIFY(posting->mayOverdraw);
            break;
        case 1:
            QCOMPARE(*posting->ceiling, Credits::of(70));
            break;
        case 2:
            QCOMPARE(posting->refundOf->text(), QStringLiteral("before-opening"));
            QCOMPARE(posting->amount, Credits::of(-7));
            break;
        case 3:
            QVERIFY(!posting->refundOf && posting->mayOverdraw);
            break;
        case 4:
            QCOMPARE(std::get<Activation>(command).key.text(), QStringLiteral("before-p"));
            break;
        case 5:
            QCOMPARE(plan.rowKeyOf(operation).text(), QStringLiteral("REVERSAL-before-opening"));
            break;
        case 6:
            QCOMPARE(posting->key, rewardKey(user, QStringLiteral("S")));
            break;
        default:
            QCOMPARE(std::get<UserId>(command), user);
        }
    }
    QCOMPARE(plan.openingKeys().size(), 1);
    QCOMPARE(plan.benchUsers().first().prepared.size(), 1);
    QVERIFY(!plan.benchUsers().first().prepared.first().active);
}

QTEST_APPLESS_MAIN(TestPlan)
#include "tst_plan.moc"
