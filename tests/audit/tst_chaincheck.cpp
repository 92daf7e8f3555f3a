// SPDX-License-Identifier: GPL-3.0-or-later
//! Every crime is found once, by name, row and money; honest chains are left alone.
#include "ledger/audit/chaincheck.h"

#include "ledger/core/decide.h"

#include <QtTest/QtTest>

#include <functional>
#include <random>

using namespace tallystick;

namespace {

constexpr qint64 second = 1'000'000;
const UserId user = *UserId::from(QStringLiteral("customer"));

TransactionKey key(const QString& text)
{
    return *TransactionKey::from(text);
}

/// An honest ledger of one user, kept by the rules themselves.
class Book final
{
public:
    explicit Book(quint32 seed)
        : m_random(seed)
    {
        chain.user = user;
    }
    qint64 pick(qint64 low, qint64 high)
    {
        return std::uniform_int_distribution<qint64>(low, high)(m_random);
    }
    bool post(const Posting& posting)
    {
        const auto decision = decide(Credits::of(m_balance), posting);
        const auto* movement = std::get_if<Movement>(&decision);
        if (!movement)
            return false;
        m_now += pick(1, 3'000) * second;
        ChainRow row{.key = posting.key,
                     .createdAt = Instant{m_now},
                     .amount = movement->applied,
                     .type = posting.type,
                     .active = posting.active,
                     .runningBalance = movement->balance,
                     .clamp = labelOf(movement->clamp),
                     .refundOf = posting.refundOf};
        if (movement->clamp != Clamp::None)
            row.requested = posting.amount;
        if (posting.active) {
            row.sequence = ++m_sequence;
            m_balance = movement->balance.value();
        }
        chain.rows.append(row);
        chain.storedBalance = Credits::of(m_balance);
        chain.storedSequence = m_sequence;
        return true;
    }
    /// Odd amounts, so that no two sums meet by chance.
    void live(int rows)
    {
        while (chain.rows.size() < rows) {
            const TransactionKey next = key(QStringLiteral("row-%1").arg(chain.rows.size()));
            switch (pick(0, 9)) {
            case 0:
            case 1:
            case 2:
                post(topUp(user, Credits::of(pick(2'000'001, 9'000'000)), next));
                break;
            case 3:
                post(topUp(user, Credits::of(pick(1, 99'999)), next,
                           Credits::of(m_balance + pick(-50'000, 50'000))));
                break;
            case 4:
                post(adjustment(user, Credits::of(-pick(1, m_balance + 99'999)), true, next));
                break;
            case 5: {
                Posting pending = topUp(user, Credits::of(pick(1, 99'999)), next);
                pending.active = false;
                post(pending);
                break;
            }
            case 6:
                post(reward(user, Credits::of(pick(1, 99'999)),
                            QStringLiteral("STEP_%1").arg(chain.rows.size())));
                break;
            default:
                post(spend(user, Credits::of(pick(1, 999'999)), next));
            }
        }
    }
    /// Indexes of active rows whose neighbours are active too, from the middle of the book.
    qsizetype inner()
    {
        for (;;) {
            const qsizetype index = pick(3, chain.rows.size() - 4);
            bool good = true;
            for (qsizetype near = index - 2; near <= index + 2; ++near)
                good = good && chain.rows[near].active && !chain.rows[near].amount.isZero();
            if (good)
                return index;
        }
    }
    Chain chain;

private:
    std::mt19937 m_random;
    qint64 m_balance = 0;
    qint64 m_sequence = 0;
    qint64 m_now = 1'700'000'000 * second;
};

struct Crime
{
    FindingKind kind;
    TransactionKey row;
    qint64 credits;
};

Credits sum(Credits a, qint64 b)
{
    return Credits::of(a.value() + b);
}

/// Moves what follows \a from, as postings made after the crime would have it.
void shiftBalances(Chain& chain, qsizetype from, qint64 by)
{
    for (qsizetype index = from; index < chain.rows.size(); ++index)
        if (chain.rows[index].runningBalance)
            chain.rows[index].runningBalance = sum(*chain.rows[index].runningBalance, by);
    chain.storedBalance = sum(*chain.storedBalance, by);
}

void renumber(Chain& chain)
{
    qint64 sequence = 0;
    for (ChainRow& row : chain.rows)
        if (row.active)
            row.sequence = ++sequence;
    chain.storedSequence = sequence;
}

using Plant = std::function<Crime(Book&)>;

Crime loseAnUpdate(Book& book)
{
    // The row after `at` was computed from the balance before it.
    // A lost spend: the balances after it are higher, so that no honest row goes below zero.
    Chain& chain = book.chain;
    qsizetype at = book.inner();
    while (!chain.rows[at].amount.isNegative())
        at = book.inner();
    const qint64 lost = chain.rows[at].amount.value();
    shiftBalances(chain, at + 1, -lost);
    return {FindingKind::Fork, chain.rows[at + 1].key, std::abs(lost)};
}

Crime deleteARow(Book& book)
{
    Chain& chain = book.chain;
    const qsizetype at = book.inner();
    const qint64 missing = std::abs(chain.rows[at].amount.value());
    chain.rows.removeAt(at);
    return {FindingKind::Gap, chain.rows[at].key, missing};
}

Crime editAnAmount(Book& book)
{
    ChainRow& row = book.chain.rows[book.inner()];
    row.amount = sum(row.amount, 777'777'777);
    row.requested.reset();
    row.clamp.clear();
    return {FindingKind::Arithmetic, row.key, 777'777'777};
}

Crime editARunningBalance(Book& book)
{
    ChainRow& row = book.chain.rows[book.inner()];
    row.runningBalance = sum(*row.runningBalance, 777'777'777);
    return {FindingKind::Arithmetic, row.key, 777'777'777};
}

Crime editTheLastAmount(Book& book)
{
    book.post(topUp(user, Credits::of(5), key(QStringLiteral("last"))));
    ChainRow& row = book.chain.rows.last();
    row.amount = sum(row.amount, 1'234'567'891);
    return {FindingKind::Arithmetic, row.key, 1'234'567'891};
}

Crime lowerToTheCeiling(Book& book)
{
    Chain& chain = book.chain;
    book.post(topUp(user, Credits::of(7'654'321), key(QStringLiteral("before"))));
    const qint64 before = chain.storedBalance->value();
    book.post(topUp(user, Credits::of(50), key(QStringLiteral("cut"))));
    chain.rows.last().runningBalance = Credits::of(before - 4'321'000);
    chain.storedBalance = Credits::of(before - 4'321'000);
    return {FindingKind::CeilingLoss, chain.rows.last().key, 4'321'000};
}

Crime lowerToTheCeilingOpenly(Book& book)
{
    book.post(topUp(user, Credits::of(7'654'321), key(QStringLiteral("before"))));
    book.post(adjustment(user, Credits::of(-4'321'000), true, key(QStringLiteral("cut"))));
    book.chain.rows.last().type = TransactionType::TopUp;
    return {FindingKind::CeilingLoss, book.chain.rows.last().key, 4'321'000};
}

Crime editTheBalanceRow(Book& book)
{
    book.post(topUp(user, Credits::of(5), key(QStringLiteral("last"))));
    book.chain.storedBalance = sum(*book.chain.storedBalance, 505);
    return {FindingKind::Tail, book.chain.rows.last().key, 505};
}

Crime deleteTheLastRow(Book& book)
{
    book.post(topUp(user, Credits::of(11), key(QStringLiteral("last"))));
    book.post(topUp(user, Credits::of(606), key(QStringLiteral("gone"))));
    book.chain.rows.removeLast();
    return {FindingKind::Tail, book.chain.rows.last().key, 606};
}

Crime loseTheBalanceRow(Book& book)
{
    book.post(topUp(user, Credits::of(11), key(QStringLiteral("last"))));
    const qint64 balance = std::abs(book.chain.storedBalance->value());
    book.chain.storedBalance.reset();
    book.chain.storedSequence.reset();
    return {FindingKind::NoBalanceRow, book.chain.rows.last().key, balance};
}

Crime spendBelowZero(Book& book)
{
    const qint64 balance = book.chain.storedBalance->value();
    const qint64 cost = std::max<qint64>(balance, 0) + 909;
    book.post(adjustment(user, Credits::of(-cost), true, key(QStringLiteral("below"))));
    book.chain.rows.last().type = TransactionType::Usage;
    return {FindingKind::Negative, book.chain.rows.last().key, std::abs(balance - cost)};
}

Crime forgeAClampRecord(Book& book)
{
    ChainRow& row = book.chain.rows[book.inner()];
    row.requested = Credits::of(row.amount.value() / 2);
    row.clamp = QStringLiteral("ceiling");
    return {FindingKind::OutOfRange, row.key, std::abs(row.amount.value())};
}

Crime rewardTwice(Book& book)
{
    book.post(reward(user, Credits::of(500), QStringLiteral("WELCOME")));
    book.post(grant(user, Credits::of(500), key(QStringLiteral("REWARD-customer-WELCOME-2"))));
    return {FindingKind::DuplicateReward, book.chain.rows.last().key, 500};
}

Crime refundTooMuch(Book& book)
{
    const TransactionKey payment = key(QStringLiteral("payment"));
    book.post(topUp(user, Credits::of(1000), payment));
    book.post(refund(user, payment, Credits::of(700), key(QStringLiteral("refund-1"))));
    book.post(refund(user, payment, Credits::of(450), key(QStringLiteral("refund-2"))));
    return {FindingKind::RefundExceedsPayment, book.chain.rows.last().key, 150};
}

Crime refundAndReverse(Book& book)
{
    const TransactionKey payment = key(QStringLiteral("payment"));
    book.post(topUp(user, Credits::of(1000), payment));
    book.post(refund(user, payment, Credits::of(700), key(QStringLiteral("refund-1"))));
    book.post(adjustment(user, Credits::of(-1000), true, reversalKey(payment)));
    book.chain.rows.last().type = TransactionType::TopUp;
    book.chain.rows.last().reverses = payment;
    return {FindingKind::RefundExceedsPayment, book.chain.rows.last().key, 700};
}

Crime setTheClockBack(Book& book)
{
    ChainRow& row = book.chain.rows[book.inner()];
    row.createdAt.micros -= 30LL * 3'600 * second;
    return {FindingKind::Clock, row.key, 0};
}

Crime setTheClockForward(Book& book)
{
    ChainRow& row = book.chain.rows[book.inner()];
    row.createdAt.micros += 30LL * 3'600 * second;
    return {FindingKind::Clock, row.key, 0};
}

Crime writeForeignRowThatMovedNothing(Book& book)
{
    ChainRow row = book.chain.rows.last();
    row.key = key(QStringLiteral("foreign"));
    row.active = true;
    row.sequence.reset();
    row.amount = Credits::of(321'123'321);
    row.runningBalance = Credits::of(1);
    book.chain.rows.append(row);
    return {FindingKind::Orphan, row.key, 321'123'321};
}

Crime shuffleTheClockALittle(Book& book)
{
    Chain& chain = book.chain;
    const qsizetype at = book.inner();
    chain.rows[at].createdAt.micros = chain.rows[at - 1].createdAt.micros - 5;
    return {FindingKind::OutOfClockOrder, chain.rows[at].key, 0};
}

/// Somebody put the rows in order again after deleting one: the next moved more than it says.
Crime deleteARowAndRenumber(Book& book)
{
    Chain& chain = book.chain;
    qsizetype at = book.inner();
    while (chain.rows[at + 1].type == TransactionType::TopUp)
        at = book.inner();
    const qint64 missing = std::abs(chain.rows[at].amount.value());
    chain.rows.removeAt(at);
    renumber(chain);
    return {FindingKind::Arithmetic, chain.rows[at].key, missing};
}

} // namespace

Q_DECLARE_METATYPE(Plant)

class TestChainCheck final : public QObject
{
    Q_OBJECT
private slots:
    void leavesHonestChainsAlone();
    void findsEachCrimeOnceByNameRowAndMoney_data();
    void findsEachCrimeOnceByNameRowAndMoney();
    void severalLostUpdatesAreOneFindingEach();
    void pendingRowsContributeNothing();
    void rowsFromBeforeTheSequenceAreNoGap();
    void twoStepsOfLikeNamesAreNotOneReward();
    void aReversedRewardOrRefundCountsNoMore();
    void lawfulOverdraftsAreNotNegative();
    void namesEveryFindingDifferently();
};

void TestChainCheck::leavesHonestChainsAlone()
{
    for (quint32 seed = 1; seed <= 3'000; ++seed) {
        Book book(seed);
        book.live(int(seed % 60));
        const ChainVerdict verdict = checkChain(book.chain);
        if (!verdict.findings.isEmpty())
            QFAIL(qPrintable(QStringLiteral("seed %1: %2 at %3")
                                 .arg(seed)
                                 .arg(nameOf(verdict.findings[0].kind),
                                      verdict.findings[0].rows.value(0).text())));
        QVERIFY(verdict.holds());
        QCOMPARE(verdict.computed, book.chain.storedBalance.value_or(Credits()));
        QCOMPARE(verdict.rowsChecked, book.chain.rows.size());
        QCOMPARE(verdict.proof, Proof::Sequence);
    }
}

void TestChainCheck::findsEachCrimeOnceByNameRowAndMoney_data()
{
    QTest::addColumn<Plant>("plant");
    QTest::newRow("lost update") << Plant(loseAnUpdate);
    QTest::newRow("deleted row") << Plant(deleteARow);
    QTest::newRow("deleted row, renumbered") << Plant(deleteARowAndRenumber);
    QTest::newRow("edited amount") << Plant(editAnAmount);
    QTest::newRow("edited running balance") << Plant(editARunningBalance);
    QTest::newRow("edited last amount") << Plant(editTheLastAmount);
    QTest::newRow("lowered to the ceiling") << Plant(lowerToTheCeiling);
    QTest::newRow("lowered to the ceiling openly") << Plant(lowerToTheCeilingOpenly);
    QTest::newRow("edited balance row") << Plant(editTheBalanceRow);
    QTest::newRow("deleted last row") << Plant(deleteTheLastRow);
    QTest::newRow("lost balance row") << Plant(loseTheBalanceRow);
    QTest::newRow("spent below zero") << Plant(spendBelowZero);
    QTest::newRow("forged clamp record") << Plant(forgeAClampRecord);
    QTest::newRow("rewarded twice") << Plant(rewardTwice);
    QTest::newRow("refunded too much") << Plant(refundTooMuch);
    QTest::newRow("refunded and reversed") << Plant(refundAndReverse);
    QTest::newRow("clock set back") << Plant(setTheClockBack);
    QTest::newRow("clock set forward") << Plant(setTheClockForward);
    QTest::newRow("foreign row that moved nothing") << Plant(writeForeignRowThatMovedNothing);
    QTest::newRow("clock out of order") << Plant(shuffleTheClockALittle);
}

void TestChainCheck::findsEachCrimeOnceByNameRowAndMoney()
{
    QFETCH(Plant, plant);
    for (quint32 seed = 1; seed <= 300; ++seed) {
        Book book(seed * 7'919);
        book.live(60);
        const Crime crime = plant(book);
        const ChainVerdict verdict = checkChain(book.chain);
        QStringList found;
        for (const Finding& finding : verdict.findings)
            found.append(nameOf(finding.kind) + QLatin1Char(' ') + finding.rows.value(0).text());
        const QByteArray about =
            QStringLiteral("seed %1: %2; planted %3 %4")
                .arg(seed)
                .arg(found.join(QStringLiteral(", ")), nameOf(crime.kind), crime.row.text())
                .toUtf8();
        QVERIFY2(verdict.findings.size() == 1, about);
        const Finding& finding = verdict.findings.first();
        QVERIFY2(finding.kind == crime.kind, about);
        QVERIFY2(finding.rows.value(0) == crime.row, about);
        QCOMPARE(finding.credits, Credits::of(crime.credits));
        QCOMPARE(finding.user, user);
        QCOMPARE(verdict.holds(), isHarmless(crime.kind));
    }
}

void TestChainCheck::severalLostUpdatesAreOneFindingEach()
{
    // Ten sessions read 1000 and each wrote 900: nine updates were lost.
    Book book(1);
    book.post(topUp(user, Credits::of(1000), key(QStringLiteral("opening"))));
    for (int session = 0; session < 10; ++session) {
        ChainRow row = book.chain.rows.first();
        row.key = key(QStringLiteral("spend-%1").arg(session));
        row.type = TransactionType::Usage;
        row.amount = Credits::of(-100);
        row.runningBalance = Credits::of(900);
        row.sequence = session + 2;
        book.chain.rows.append(row);
    }
    book.chain.storedBalance = Credits::of(900);
    book.chain.storedSequence = 11;
    const ChainVerdict verdict = checkChain(book.chain);
    QCOMPARE(verdict.findings.size(), 9);
    for (const Finding& finding : verdict.findings) {
        QCOMPARE(finding.kind, FindingKind::Fork);
        QCOMPARE(finding.credits, Credits::of(100));
    }
    QCOMPARE(verdict.computed, Credits::of(0));
}

void TestChainCheck::pendingRowsContributeNothing()
{
    Book book(5);
    Posting pending = topUp(user, Credits::of(500), key(QStringLiteral("pending")));
    pending.active = false;
    book.post(topUp(user, Credits::of(70), key(QStringLiteral("paid"))));
    book.post(pending);
    const ChainVerdict verdict = checkChain(book.chain);
    QVERIFY(verdict.findings.isEmpty());
    QCOMPARE(verdict.computed, Credits::of(70));
    QCOMPARE(verdict.rowsChecked, 2);
}

void TestChainCheck::rowsFromBeforeTheSequenceAreNoGap()
{
    // Five rows were counted when the balance row was made; they have no sequence of their own.
    Book book(9);
    for (int row = 1; row <= 7; ++row)
        book.post(topUp(user, Credits::of(row * 11), key(QStringLiteral("row-%1").arg(row))));
    for (qsizetype row = 0; row < 5; ++row)
        book.chain.rows[row].sequence.reset();
    const ChainVerdict verdict = checkChain(book.chain);
    QVERIFY(verdict.findings.isEmpty());
    QCOMPARE(verdict.proof, Proof::Trail);
    QCOMPARE(verdict.order.size(), std::size_t(7));

    // One of the five is gone: what is left does not lead there.
    book.chain.rows.removeAt(2);
    const ChainVerdict broken = checkChain(book.chain);
    QVERIFY(std::any_of(broken.findings.begin(), broken.findings.end(),
                        [](const Finding& f) { return f.kind == FindingKind::Gap; }));
}

void TestChainCheck::twoStepsOfLikeNamesAreNotOneReward()
{
    Book book(6);
    book.post(reward(user, Credits::of(100), QStringLiteral("RUN_AGENTS_10")));
    book.post(reward(user, Credits::of(100), QStringLiteral("RUN_AGENTS_100")));
    book.post(reward(user, Credits::of(100), QStringLiteral("LEVEL")));
    book.post(reward(user, Credits::of(250), QStringLiteral("LEVEL-2")));
    book.post(reward(user, Credits::of(250), QStringLiteral("LEVEL-3")));
    book.post(reward(user, Credits::of(100), QStringLiteral("level")));
    book.post(reward(user, Credits::of(100), QStringLiteral("LEVEL-COPY")));
    book.post(reward(user, Credits::of(100), QStringLiteral("LEVEL.2")));
    QVERIFY(checkChain(book.chain).findings.isEmpty());
}

void TestChainCheck::aReversedRewardOrRefundCountsNoMore()
{
    Book book(7);
    rewardTwice(book);
    const TransactionKey twice = book.chain.rows.last().key;
    book.post(adjustment(user, Credits::of(-500), true, reversalKey(twice)));
    book.chain.rows.last().reverses = twice;
    refundTooMuch(book);
    const TransactionKey tooMuch = book.chain.rows.last().key;
    book.post(topUp(user, Credits::of(450), reversalKey(tooMuch)));
    book.chain.rows.last().reverses = tooMuch;
    QVERIFY(checkChain(book.chain).findings.isEmpty());
}

void TestChainCheck::lawfulOverdraftsAreNotNegative()
{
    Book book(8);
    const TransactionKey payment = key(QStringLiteral("payment"));
    book.post(topUp(user, Credits::of(100), payment));
    book.post(spend(user, Credits::of(100), key(QStringLiteral("spent"))));
    book.post(refund(user, payment, Credits::of(100), key(QStringLiteral("refund"))));
    book.post(adjustment(user, Credits::of(-7), true, key(QStringLiteral("staff"))));
    const TransactionKey other = key(QStringLiteral("other"));
    book.post(topUp(user, Credits::of(50), other));
    book.post(adjustment(user, Credits::of(-50), true, reversalKey(other)));
    book.chain.rows.last().type = TransactionType::TopUp;
    book.chain.rows.last().reverses = other;
    QCOMPARE(*book.chain.storedBalance, Credits::of(-107));
    QVERIFY(checkChain(book.chain).findings.isEmpty());
}

void TestChainCheck::namesEveryFindingDifferently()
{
    QSet<QString> names;
    for (const FindingKind kind : allFindingKinds)
        names.insert(nameOf(kind));
    QCOMPARE(names.size(), qsizetype(allFindingKinds.size()));
    QCOMPARE(nameOf(FindingKind::CeilingLoss), QStringLiteral("CEILING LOSS"));
}

QTEST_APPLESS_MAIN(TestChainCheck)
#include "tst_chaincheck.moc"
