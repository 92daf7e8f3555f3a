// SPDX-License-Identifier: GPL-3.0-or-later
//! Rows without a sequence: honest concurrent histories are explained, crimes are found.
#include "ledger/audit/chaincheck.h"

#include <QtTest/QtTest>

#include <functional>
#include <random>

using namespace tallystick;

namespace {

const UserId user = *UserId::from(QStringLiteral("customer"));

TransactionKey key(qint64 number)
{
    return *TransactionKey::from(QStringLiteral("row-%1").arg(number));
}

/// An honest ledger without sequences, written by clients that wait for each other's lock: a row's
/// time is when its transaction began, its commit comes later, in another order.
class Market final
{
public:
    Market(quint32 seed, int clients, int rows, bool hasCommitTimes = false)
        : m_random(seed)
    {
        chain.user = user;
        std::vector<qint64> begun(std::size_t(clients), 0);
        for (qint64& at : begun)
            at = pick(0, 50);
        append(5'000, TransactionType::TopUp, 0, hasCommitTimes);
        while (chain.rows.size() < rows) {
            m_now += pick(1, 20);
            const auto who = std::size_t(pick(0, clients - 1));
            const bool isCredit = m_balance < 60 || pick(0, 1) == 1;
            append(isCredit ? pick(1, 60) : -pick(1, 60),
                   isCredit ? TransactionType::Grant : TransactionType::Usage,
                   std::min(begun[who], m_now), hasCommitTimes);
            begun[who] = m_now + pick(0, 10);
        }
        // Nobody reads them in the order they were written in.
        std::stable_sort(
            chain.rows.begin(), chain.rows.end(),
            [](const ChainRow& a, const ChainRow& b) { return a.createdAt < b.createdAt; });
    }
    qint64 pick(qint64 low, qint64 high)
    {
        return std::uniform_int_distribution<qint64>(low, high)(m_random);
    }
    ChainRow& any() { return chain.rows[pick(0, chain.rows.size() - 1)]; }
    Chain chain;

private:
    void append(qint64 amount, TransactionType type, qint64 begun, bool hasCommitTime)
    {
        m_balance += amount;
        ChainRow row{.key = key(chain.rows.size()),
                     .createdAt = Instant{begun},
                     .amount = Credits::of(amount),
                     .type = type,
                     .runningBalance = Credits::of(m_balance)};
        if (hasCommitTime)
            row.committedAt = Instant{m_now};
        chain.rows.append(row);
        chain.storedBalance = Credits::of(m_balance);
    }
    std::mt19937 m_random;
    qint64 m_balance = 0;
    qint64 m_now = 0;
};

Credits sum(Credits a, qint64 b)
{
    return Credits::of(a.value() + b);
}

QByteArray told(const ChainVerdict& verdict)
{
    QStringList found;
    for (const Finding& finding : verdict.findings)
        found.append(nameOf(finding.kind) + QLatin1Char(' ') + finding.rows.value(0).text() +
                     QLatin1Char(' ') + QString::number(finding.credits.value()));
    return (nameOf(verdict.proof) + QStringLiteral(": ") + found.join(QStringLiteral(", ")))
        .toUtf8();
}

bool has(const ChainVerdict& verdict, FindingKind kind)
{
    return std::any_of(verdict.findings.begin(), verdict.findings.end(),
                       [kind](const Finding& finding) { return finding.kind == kind; });
}

/// Whether the order leads from row to row.
bool isOneTrail(const Chain& chain, const ChainVerdict& verdict)
{
    qint64 balance = 0;
    for (const qint32 place : verdict.order) {
        const ChainRow& row = chain.rows.at(place);
        if (row.runningBalance->value() - row.amount.value() != balance)
            return false;
        balance = row.runningBalance->value();
    }
    return balance == chain.storedBalance->value();
}

using Plant = std::function<TransactionKey(Market&)>;

TransactionKey editAnAmount(Market& market)
{
    ChainRow& row = market.any();
    row.amount = sum(row.amount, market.pick(1, 200) * (market.pick(0, 1) == 1 ? 1 : -1));
    return row.key;
}

TransactionKey editARunningBalance(Market& market)
{
    ChainRow& row = market.any();
    row.runningBalance =
        sum(*row.runningBalance, market.pick(1, 200) * (market.pick(0, 1) == 1 ? 1 : -1));
    return row.key;
}

TransactionKey deleteARow(Market& market)
{
    const qsizetype place = market.pick(0, market.chain.rows.size() - 1);
    const TransactionKey gone = market.chain.rows.at(place).key;
    market.chain.rows.removeAt(place);
    return gone;
}

TransactionKey duplicateARow(Market& market)
{
    ChainRow row = market.any();
    const TransactionKey twin = row.key;
    row.key = key(market.chain.rows.size());
    market.chain.rows.append(row);
    return twin;
}

TransactionKey editTheBalanceRow(Market& market)
{
    market.chain.storedBalance = sum(*market.chain.storedBalance, market.pick(1, 200));
    return {};
}

/// Two rows of no effect together, at balances the user never had.
TransactionKey insertACycle(Market& market)
{
    ChainRow row = market.chain.rows.last();
    for (const qint64 amount : {1'234'567, -1'234'567}) {
        row.key = key(market.chain.rows.size());
        row.type = TransactionType::Grant;
        row.runningBalance = Credits::of(500'000'000 + (amount > 0 ? amount : 0));
        row.amount = Credits::of(amount);
        market.chain.rows.append(row);
    }
    return row.key;
}

} // namespace

Q_DECLARE_METATYPE(Plant)

class TestTrailCheck final : public QObject
{
    Q_OBJECT
private slots:
    void explainsHonestHistoriesOfAnyNumberOfClients_data();
    void explainsHonestHistoriesOfAnyNumberOfClients();
    void findsTheOrderThingsHappenedInWhereTheTimesAreTrue();
    void findsEveryCrimeByTrail_data();
    void findsEveryCrimeByTrail();
    void findsEveryCrimeByCommitTime_data();
    void findsEveryCrimeByCommitTime();
    void aForkIsNamedWithWhatWasLost();
    void rowsOfOneCommitStandInTheirOwnOrder();
    void aRowWrittenAgainLeavesTheTrail();
    void manyLostUpdatesAreTheNumberTheyAre();
    void aStaleStartIsALostUpdateToo();
    void mixedSequencesAreExplainedByATrail();
    void aTopUpCutAtACeilingIsNoBreak();
    void anAmountEditedUpwardsIsNotTakenForACut();
    void rowsFromBeforeRunningBalancesAreTheOpening();
    void rowsWithoutRunningBalanceAmongOthersAreUnproved();
    void aMissingBalanceRowIsSaid();
    void aHundredThousandRowsAreEasy();
    void aHundredThousandBrokenRowsEndToo();
    void namesEveryProofDifferently();
};

void TestTrailCheck::explainsHonestHistoriesOfAnyNumberOfClients_data()
{
    QTest::addColumn<int>("clients");
    for (const int clients : {1, 4, 16, 32, 64})
        QTest::addRow("%d clients", clients) << clients;
}

void TestTrailCheck::explainsHonestHistoriesOfAnyNumberOfClients()
{
    QFETCH(int, clients);
    qint64 outOfOrder = 0;
    for (quint32 seed = 1; seed <= 100; ++seed)
        for (const bool hasCommitTimes : {false, true}) {
            const Market market(seed, clients, 400, hasCommitTimes);
            const ChainVerdict verdict = checkChain(market.chain);
            QVERIFY2(verdict.holds(), told(verdict));
            QCOMPARE(verdict.proof, hasCommitTimes ? Proof::CommitTime : Proof::Trail);
            QCOMPARE(verdict.order.size(), std::size_t(market.chain.rows.size()));
            QVERIFY(isOneTrail(market.chain, verdict));
            QCOMPARE(verdict.computed, *market.chain.storedBalance);
            for (const Finding& finding : verdict.findings)
                outOfOrder += finding.kind == FindingKind::OutOfClockOrder ? finding.count : 0;
        }
    // The histories are such that sorting by time would have broken them.
    QVERIFY(clients == 1 || outOfOrder > 1'000);
}

void TestTrailCheck::findsTheOrderThingsHappenedInWhereTheTimesAreTrue()
{
    for (quint32 seed = 1; seed <= 200; ++seed) {
        Market market(seed, 8, 300, true);
        std::sort(
            market.chain.rows.begin(), market.chain.rows.end(),
            [](const ChainRow& a, const ChainRow& b) { return a.committedAt < b.committedAt; });
        for (ChainRow& row : market.chain.rows) {
            row.createdAt = *row.committedAt;
            row.committedAt.reset();
        }
        const ChainVerdict verdict = checkChain(market.chain);
        QCOMPARE(verdict.proof, Proof::Trail);
        for (std::size_t place = 0; place < verdict.order.size(); ++place)
            QCOMPARE(verdict.order[place], qint32(place));
    }
}

void TestTrailCheck::findsEveryCrimeByTrail_data()
{
    QTest::addColumn<Plant>("plant");
    // Of 300: where balances repeat, another row may be named, or more than one.
    QTest::addColumn<int>("leastNamed");
    QTest::addColumn<int>("leastSingle");
    QTest::newRow("edited amount") << Plant(editAnAmount) << 200 << 250;
    QTest::newRow("edited running balance") << Plant(editARunningBalance) << 200 << 180;
    QTest::newRow("deleted row") << Plant(deleteARow) << 0 << 250;
    QTest::newRow("duplicated row") << Plant(duplicateARow) << 200 << 250;
    QTest::newRow("edited balance row") << Plant(editTheBalanceRow) << 0 << 250;
    QTest::newRow("detached cycle") << Plant(insertACycle) << 300 << 250;
}

void TestTrailCheck::findsEveryCrimeByTrail()
{
    QFETCH(Plant, plant);
    QFETCH(int, leastNamed);
    QFETCH(int, leastSingle);
    int named = 0;
    int single = 0;
    for (quint32 seed = 1; seed <= 300; ++seed) {
        Market market(seed, 1 + int(seed % 32), 300);
        const TransactionKey row = plant(market);
        const ChainVerdict verdict = checkChain(market.chain);
        QVERIFY2(!verdict.holds(), qPrintable(QStringLiteral("seed %1").arg(seed)));
        QCOMPARE(verdict.proof, Proof::Trail);
        QVERIFY2(verdict.findings.size() <= 5, told(verdict));
        single += std::count_if(verdict.findings.begin(), verdict.findings.end(),
                                [](const Finding& f) { return !isHarmless(f.kind); }) == 1;
        for (const Finding& finding : verdict.findings)
            if (finding.rows.contains(row)) {
                ++named;
                break;
            }
    }
    QVERIFY2(named >= leastNamed, QByteArray::number(named));
    QVERIFY2(single >= leastSingle, QByteArray::number(single));
}

void TestTrailCheck::findsEveryCrimeByCommitTime_data()
{
    findsEveryCrimeByTrail_data();
}

void TestTrailCheck::findsEveryCrimeByCommitTime()
{
    QFETCH(Plant, plant);
    for (quint32 seed = 1; seed <= 300; ++seed) {
        Market market(seed, 1 + int(seed % 32), 300, true);
        plant(market);
        QVERIFY(!checkChain(market.chain).holds());
    }
}

void TestTrailCheck::aForkIsNamedWithWhatWasLost()
{
    // Two sessions read 5,000 and each wrote what it computed: the first one's row leads nowhere.
    for (const bool hasCommitTimes : {false, true}) {
        Market market(1, 1, 1, hasCommitTimes);
        for (const qint64 amount : {-345, -100}) {
            ChainRow row = market.chain.rows.first();
            row.key = key(market.chain.rows.size());
            row.createdAt.micros += market.chain.rows.size();
            if (row.committedAt)
                row.committedAt->micros += market.chain.rows.size();
            row.type = TransactionType::Usage;
            row.amount = Credits::of(amount);
            row.runningBalance = Credits::of(5'000 + amount);
            market.chain.rows.append(row);
        }
        market.chain.storedBalance = Credits::of(4'900);
        const ChainVerdict verdict = checkChain(market.chain);
        QCOMPARE(verdict.findings.size(), 1);
        QCOMPARE(verdict.findings.first().kind, FindingKind::Fork);
        QCOMPARE(verdict.findings.first().credits, Credits::of(345));
        QCOMPARE(verdict.findings.first().rows, QList<TransactionKey>({key(2), key(1)}));
        QCOMPARE(verdict.proof, hasCommitTimes ? Proof::CommitTime : Proof::Trail);
    }
}

void TestTrailCheck::rowsOfOneCommitStandInTheirOwnOrder()
{
    for (quint32 seed = 1; seed <= 50; ++seed) {
        Market market(seed, 8, 200, true);
        std::sort(
            market.chain.rows.begin(), market.chain.rows.end(),
            [](const ChainRow& a, const ChainRow& b) { return a.committedAt < b.committedAt; });
        // Three at a time were written by one transaction, whose rows all have its time.
        for (qsizetype place = 0; place < market.chain.rows.size(); ++place)
            market.chain.rows[place].committedAt =
                market.chain.rows.at(place - place % 3).committedAt;
        std::shuffle(market.chain.rows.begin(), market.chain.rows.end(), std::mt19937(seed));
        const ChainVerdict verdict = checkChain(market.chain);
        QVERIFY2(verdict.holds(), told(verdict));
        QVERIFY(isOneTrail(market.chain, verdict));
    }
}

void TestTrailCheck::aRowWrittenAgainLeavesTheTrail()
{
    Market market(3, 8, 200, true);
    market.chain.rows[90].committedAt = Instant{999'999'999'999}; // its metadata was changed later
    const ChainVerdict verdict = checkChain(market.chain);
    QVERIFY2(verdict.holds(), told(verdict));
    QCOMPARE(verdict.proof, Proof::Trail);

    // A lost update beside it is still found.
    editAnAmount(market);
    const ChainVerdict broken = checkChain(market.chain);
    QCOMPARE(broken.proof, Proof::Trail);
    QCOMPARE(std::count_if(broken.findings.begin(), broken.findings.end(),
                           [](const Finding& f) { return !isHarmless(f.kind); }),
             1);
}

void TestTrailCheck::manyLostUpdatesAreTheNumberTheyAre()
{
    // Sixteen sessions read the same balance ten times over and each wrote what it computed: ten
    // rows of one after the other look like a chain of their own.
    Market market(2, 1, 1, true);
    qint64 stored = 5'000;
    for (int round = 0; round < 10; ++round) {
        const qint64 seen = stored;
        for (int session = 0; session < 16; ++session) {
            ChainRow row = market.chain.rows.first();
            row.key = key(market.chain.rows.size());
            row.createdAt = Instant{1'000 * (round + 1) + session};
            row.committedAt = Instant{1'000 * (round + 1) + 100 + session};
            row.type = TransactionType::Usage;
            row.amount = Credits::of(-1 - session);
            stored = seen - 1 - session;
            row.runningBalance = Credits::of(stored);
            market.chain.rows.append(row);
        }
    }
    market.chain.storedBalance = Credits::of(stored);
    const ChainVerdict verdict = checkChain(market.chain);
    QCOMPARE(verdict.proof, Proof::CommitTime);
    QCOMPARE(verdict.findings.size(), 150);
    for (const Finding& finding : verdict.findings)
        QCOMPARE(finding.kind, FindingKind::Fork);
}

void TestTrailCheck::aStaleStartIsALostUpdateToo()
{
    // 5,000 → 4,990; then one that had read 5,000 writes 4,980; then one that had read 4,990.
    Market market(1, 1, 1, true);
    for (const auto& [start, end] : {std::pair(5'000, 4'990), {5'000, 4'980}, {4'990, 4'890}}) {
        ChainRow row = market.chain.rows.first();
        row.key = key(market.chain.rows.size());
        row.createdAt.micros += market.chain.rows.size();
        row.committedAt->micros += market.chain.rows.size();
        row.type = TransactionType::Usage;
        row.amount = Credits::of(end - start);
        row.runningBalance = Credits::of(end);
        market.chain.rows.append(row);
        market.chain.storedBalance = row.runningBalance;
    }
    const ChainVerdict verdict = checkChain(market.chain);
    QCOMPARE(verdict.findings.size(), 2);
    for (const Finding& finding : verdict.findings) {
        QCOMPARE(finding.kind, FindingKind::Fork);
        QCOMPARE(finding.credits, Credits::of(10));
    }
    QCOMPARE(verdict.findings.last().rows, QList<TransactionKey>({key(3), key(2)}));
}

void TestTrailCheck::mixedSequencesAreExplainedByATrail()
{
    Market market(4, 4, 50);
    market.chain.rows.first().sequence = 1;
    const ChainVerdict verdict = checkChain(market.chain);
    QVERIFY2(verdict.holds(), told(verdict));
    QCOMPARE(verdict.proof, Proof::Trail);
}

void TestTrailCheck::aTopUpCutAtACeilingIsNoBreak()
{
    // Balances 5,000, 6,000 (cut), 5,300, 6,000 (cut): both cut rows keep the 2,500 asked for.
    const auto build = [](const QList<std::pair<qint64, qint64>>& rows) {
        Market market(1, 1, 1);
        for (const auto& [amount, end] : rows) {
            ChainRow row = market.chain.rows.first();
            row.key = key(market.chain.rows.size());
            row.createdAt.micros += market.chain.rows.size();
            row.type = amount > 0 ? TransactionType::TopUp : TransactionType::Usage;
            row.amount = Credits::of(amount);
            row.runningBalance = Credits::of(end);
            market.chain.rows.append(row);
            market.chain.storedBalance = Credits::of(end);
        }
        return market.chain;
    };
    const Chain twice = build({{2'500, 6'000}, {-700, 5'300}, {2'500, 6'000}});
    const ChainVerdict verdict = checkChain(twice);
    QVERIFY2(verdict.holds(), told(verdict));
    QCOMPARE(verdict.findings.size(), 2);
    QCOMPARE(verdict.findings.first().kind, FindingKind::Clamped);
    QCOMPARE(verdict.findings.first().credits, Credits::of(1'800));
    QCOMPARE(verdict.findings.first().expected, Credits::of(2'500));
    QCOMPARE(verdict.findings.first().found, Credits::of(700));
    QCOMPARE(verdict.computed, Credits::of(6'000));

    // One alone says nothing, unless the ceiling is known or the row records it.
    Chain once = build({{2'500, 6'000}, {-700, 5'300}});
    QVERIFY(!checkChain(once).holds());
    QVERIFY(checkChain(once, {Credits::of(6'000)}).holds());
    once.rows[1].requested = Credits::of(2'500);
    QVERIFY(checkChain(once).holds());
    // A cut can leave a balance as it was, never lower it.
    QVERIFY(checkChain(build({{2'500, 5'000}}), {Credits::of(5'000)}).holds());
    QVERIFY(!checkChain(build({{2'500, 4'900}}), {Credits::of(4'900)}).holds());
}

void TestTrailCheck::anAmountEditedUpwardsIsNotTakenForACut()
{
    for (quint32 seed = 1; seed <= 300; ++seed) {
        Market market(seed, 8, 100);
        for (ChainRow& row : market.chain.rows)
            if (row.amount > Credits())
                row.type = TransactionType::TopUp;
        ChainRow* row = &market.any();
        while (row->amount.isNegative())
            row = &market.any();
        row->amount = sum(row->amount, 1'000'000);
        QVERIFY(!checkChain(market.chain).holds());
    }
}

void TestTrailCheck::rowsFromBeforeRunningBalancesAreTheOpening()
{
    Market market(5, 4, 50);
    ChainRow old = market.chain.rows.first();
    for (ChainRow& row : market.chain.rows) {
        row.runningBalance = sum(*row.runningBalance, 75);
        row.createdAt.micros += 10;
    }
    market.chain.storedBalance = sum(*market.chain.storedBalance, 75);
    for (const qint64 amount : {100, -25}) {
        old.key = key(1'000 + amount);
        old.createdAt.micros = 0;
        old.amount = Credits::of(amount);
        old.runningBalance.reset();
        market.chain.rows.append(old);
    }
    const ChainVerdict verdict = checkChain(market.chain);
    QVERIFY2(verdict.holds(), told(verdict));
    QCOMPARE(verdict.computed, *market.chain.storedBalance);
    QCOMPARE(verdict.order.size(), std::size_t(52));
    market.chain.rows.removeLast();
    QVERIFY(!checkChain(market.chain).holds());
}

void TestTrailCheck::rowsWithoutRunningBalanceAmongOthersAreUnproved()
{
    Market market(6, 4, 50);
    market.chain.rows[30].runningBalance.reset();
    const ChainVerdict verdict = checkChain(market.chain);
    QCOMPARE(verdict.proof, Proof::None);
    QCOMPARE(verdict.findings.size(), 1);
    QVERIFY(has(verdict, FindingKind::Unsequenced));
    market.chain.storedBalance = sum(*market.chain.storedBalance, 7);
    const ChainVerdict off = checkChain(market.chain);
    QVERIFY(has(off, FindingKind::SumMismatch));
    market.chain.storedBalance.reset();
    QVERIFY(has(checkChain(market.chain), FindingKind::NoBalanceRow));
}

void TestTrailCheck::aMissingBalanceRowIsSaid()
{
    Market market(7, 4, 50);
    const Credits balance = *market.chain.storedBalance;
    market.chain.storedBalance.reset();
    const ChainVerdict verdict = checkChain(market.chain);
    QVERIFY2(verdict.findings.first().kind == FindingKind::NoBalanceRow, told(verdict));
    QCOMPARE(verdict.findings.first().credits, balance);
    QVERIFY(!has(verdict, FindingKind::Gap));
}

void TestTrailCheck::aHundredThousandRowsAreEasy()
{
    const Market market(8, 32, 100'000);
    const ChainVerdict verdict = checkChain(market.chain);
    QVERIFY2(verdict.holds(), told(verdict));
    QCOMPARE(verdict.rowsChecked, 100'000);
    QVERIFY(isOneTrail(market.chain, verdict));
}

void TestTrailCheck::aHundredThousandBrokenRowsEndToo()
{
    Market market(9, 32, 100'000);
    for (ChainRow& row : market.chain.rows)
        row.runningBalance = Credits::of(market.pick(0, 1'000'000'000));
    const ChainVerdict verdict = checkChain(market.chain);
    QVERIFY(!verdict.holds());
    QCOMPARE(verdict.order.size(), std::size_t(100'000));

    // Every row is a copy of one: a single balance to start from, and to go back to.
    const ChainRow one = market.chain.rows.first();
    for (ChainRow& row : market.chain.rows) {
        row.amount = one.amount;
        row.runningBalance = one.runningBalance;
    }
    QVERIFY(!checkChain(market.chain).holds());
}

void TestTrailCheck::namesEveryProofDifferently()
{
    QSet<QString> names;
    for (const Proof proof : allProofs)
        names.insert(nameOf(proof));
    QCOMPARE(names.size(), qsizetype(allProofs.size()));
}

QTEST_APPLESS_MAIN(TestTrailCheck)
#include "tst_trailcheck.moc"
