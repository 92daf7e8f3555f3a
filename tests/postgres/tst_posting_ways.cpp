// SPDX-License-Identifier: GPL-3.0-or-later
//! Every rule of a posting, in both ways, against a real server.
#include "ledger/audit/chaincheck.h"
#include "ledger/postgres/open.h"
#include "tests/support/testserver.h"

#include <QtTest/QTest>

#include <limits>

using namespace tallystick;

namespace {

constexpr qint64 largest = std::numeric_limits<qint32>::max();
constexpr qint64 smallest = std::numeric_limits<qint32>::min();
constexpr qint64 largest64 = std::numeric_limits<qint64>::max();
constexpr qint64 smallest64 = std::numeric_limits<qint64>::min();

TransactionKey key(const char* text)
{
    return *TransactionKey::from(QString::fromLatin1(text));
}

} // namespace

class TestPostingWays final : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase_data()
    {
        QTest::addColumn<Way>("way");
        for (const Way way : ruleWays)
            QTest::newRow(qPrintable(nameOf(way))) << way;
    }
    void init()
    {
        QFETCH_GLOBAL(Way, way);
        m_database = m_server.createDatabase();
        auto ledger = postgres::openLedger(m_database, {.way = way});
        QVERIFY(ledger);
        m_ledger = *std::move(ledger);
        m_user = *UserId::from(QStringLiteral("ann"));
        QVERIFY(m_ledger->createUser({.id = m_user}));
    }
    void cleanup()
    {
        if (m_ledger && !QTest::currentTestFailed()) { // whatever happened, the chain holds
            auto chain = m_ledger->chain(m_user);
            QVERIFY(chain);
            const ChainVerdict verdict = checkChain(*chain);
            QVERIFY2(verdict.holds(), verdict.findings.isEmpty()
                                          ? ""
                                          : qPrintable(nameOf(verdict.findings.first().kind)));
        }
        m_ledger.reset();
    }

    void toppingUpAddsAndNumbers()
    {
        auto receipt = m_ledger->post(topUp(m_user, Credits::of(500), key("a")));
        QVERIFY(receipt);
        QCOMPARE(receipt->applied.value(), 500);
        QCOMPARE(receipt->requested.value(), 500);
        QCOMPARE(receipt->balance.value(), 500);
        QCOMPARE(receipt->sequence, 1);
        QVERIFY(!receipt->replayed);
        QVERIFY(receipt->anatomy.lockWaitMicros >= 0 && receipt->anatomy.workMicros >= 0);
        auto second = m_ledger->post(spend(m_user, Credits::of(120), key("b")));
        QVERIFY(second);
        QCOMPARE(second->balance.value(), 380);
        QCOMPARE(second->applied.value(), -120);
        QCOMPARE(second->sequence, 2);
        QVERIFY(second->at > receipt->at);
    }

    void refusesWhatTheBalanceDoesNotCover()
    {
        QVERIFY(m_ledger->post(topUp(m_user, Credits::of(500), key("a"))));
        auto refused = m_ledger->post(spend(m_user, Credits::of(1000), key("b")));
        QVERIFY(refused.refusal());
        QCOMPARE(refused.refusal()->refusal, Refusal::CreditsInsufficient);
        QCOMPARE(refused.refusal()->balance.value(), 500);
        QCOMPARE(refused.refusal()->requested.value(), -1000);
        QCOMPARE(rows(), 1);
    }

    void aCeilingRejectsClampsAndAllows()
    {
        const Credits ceiling = Credits::of(1000);
        QVERIFY(m_ledger->post(topUp(m_user, Credits::of(500), key("a"))));
        auto allowed = m_ledger->post(topUp(m_user, Credits::of(200), key("b"), ceiling));
        QVERIFY(allowed);
        QCOMPARE(allowed->balance.value(), 700);
        auto clamped = m_ledger->post(topUp(m_user, Credits::of(800), key("c"), ceiling));
        QVERIFY(clamped);
        QCOMPARE(clamped->applied.value(), 300);
        QCOMPARE(clamped->requested.value(), 800);
        QCOMPARE(clamped->balance.value(), 1000);
        QVERIFY(clamped->clamp == Clamp::Ceiling);
        auto row = m_ledger->transaction(m_user, key("c"));
        QVERIFY(row);
        QCOMPARE(row->metadata.value(QStringLiteral("requestedAmount")).toInteger(), 800);
        QCOMPARE(row->metadata.value(QStringLiteral("clamp")).toString(),
                 QStringLiteral("ceiling"));
        QCOMPARE(row->requested, Credits::of(800));
        auto rejected = m_ledger->post(topUp(m_user, Credits::of(1), key("d"), ceiling));
        QVERIFY(rejected.refusal());
        QCOMPARE(rejected.refusal()->refusal, Refusal::CeilingReached);
        QCOMPARE(rejected.refusal()->ceiling, ceiling);
        auto below = m_ledger->post(topUp(m_user, Credits::of(1), key("e"), Credits::of(10)));
        QVERIFY(below.refusal());
        QCOMPARE(balance(), 1000);
    }

    void neverLeavesTheRange()
    {
        QVERIFY(m_ledger->post(topUp(m_user, Credits::of(largest64), key("a"))));
        QCOMPARE(balance(), largest);
        auto again = m_ledger->post(topUp(m_user, Credits::of(200), key("b")));
        QVERIFY(again);
        QCOMPARE(again->applied.value(), 0);
        QVERIFY(again->clamp == Clamp::Range);
        Posting down = adjustment(m_user, Credits::of(smallest64), true, key("c"));
        auto bottom = m_ledger->post(down);
        QVERIFY(bottom);
        QCOMPARE(bottom->applied.value(), smallest); // a row's own amount is 32 bits wide too
        QCOMPARE(bottom->balance.value(), largest + smallest);
        QCOMPARE(bottom->requested.value(), smallest64);
        auto row = m_ledger->transaction(m_user, key("c"));
        QCOMPARE(row->requested, Credits::of(smallest64)); // survives jsonb and JSON exactly
    }

    void replaysASpentKey()
    {
        QVERIFY(m_ledger->post(topUp(m_user, Credits::of(500), key("a"))));
        auto first = m_ledger->post(spend(m_user, Credits::of(400), key("b")));
        auto again = m_ledger->post(spend(m_user, Credits::of(400), key("b")));
        QVERIFY(again); // though the balance would no longer cover it
        QVERIFY(again->replayed);
        QCOMPARE(again->balance, first->balance);
        QCOMPARE(again->at, first->at);
        QCOMPARE(again->sequence, first->sequence);
        QCOMPARE(balance(), 100);
        auto other = m_ledger->post(spend(m_user, Credits::of(1), key("b")));
        QVERIFY(other.refusal());
        QCOMPARE(other.refusal()->refusal, Refusal::KeyReused);
        auto otherType = m_ledger->post(grant(m_user, Credits::of(-400), key("b")));
        QVERIFY(otherType.refusal());
        QCOMPARE(rows(), 2);
    }

    void replaysAClampedTopUpByWhatWasRequested()
    {
        const auto ask = topUp(m_user, Credits::of(800), key("a"), Credits::of(300));
        QVERIFY(m_ledger->post(ask));
        auto again = m_ledger->post(ask);
        QVERIFY(again);
        QVERIFY(again->replayed);
        QCOMPARE(again->requested.value(), 800);
        QCOMPARE(again->applied.value(), 300);
        QVERIFY(again->clamp == Clamp::Ceiling);
        auto applied = m_ledger->post(topUp(m_user, Credits::of(300), key("a")));
        QVERIFY(applied.refusal());
    }

    void keysArePerUser()
    {
        const UserId bob = *UserId::from(QStringLiteral("bob"));
        QVERIFY(m_ledger->createUser({.id = bob}));
        QVERIFY(m_ledger->post(topUp(m_user, Credits::of(5), key("a"))));
        auto other = m_ledger->post(topUp(bob, Credits::of(7), key("a")));
        QVERIFY(other);
        QVERIFY(!other->replayed);
    }

    void rewardsAStepOnce()
    {
        auto first = m_ledger->post(reward(m_user, Credits::of(500), QStringLiteral("WELCOME")));
        QVERIFY(first);
        QCOMPARE(first->key.text(), QStringLiteral("REWARD-ann-WELCOME"));
        for (const qint64 amount : {500, 700}) {
            auto again =
                m_ledger->post(reward(m_user, Credits::of(amount), QStringLiteral("WELCOME")));
            QVERIFY(again.refusal());
            QCOMPARE(again.refusal()->refusal, Refusal::AlreadyClaimed);
            QCOMPARE(again.refusal()->balance.value(), 500);
        }
    }

    void saysUnknownUserForEverySign()
    {
        const UserId nobody = *UserId::from(QStringLiteral("nobody"));
        for (const Posting& posting :
             {topUp(nobody, Credits::of(5), key("a")), spend(nobody, Credits::of(5), key("b")),
              spend(nobody, Credits::of(0), key("c")),
              reward(nobody, Credits::of(5), QStringLiteral("S"))}) {
            auto refused = m_ledger->post(posting);
            QVERIFY(refused.refusal());
            QCOMPARE(refused.refusal()->refusal, Refusal::UserUnknown);
            QCOMPARE(refused.refusal()->subject, QStringLiteral("nobody"));
        }
        QCOMPARE(sql(m_database, QStringLiteral("SELECT count(*) FROM platform.\"UserBalance\"")),
                 QStringLiteral("1"));
    }

    void zeroWritesNothing()
    {
        QVERIFY(m_ledger->post(topUp(m_user, Credits::of(5), key("a"))));
        auto zero = m_ledger->post(spend(m_user, Credits::of(0), key("b")));
        QVERIFY(zero);
        QCOMPARE(zero->balance.value(), 5);
        QVERIFY(!zero->sequence);
        QCOMPARE(rows(), 1);
        Posting check{.user = m_user, .key = key("c"), .type = TransactionType::CardCheck};
        auto checked = m_ledger->post(check);
        QVERIFY(checked);
        QCOMPARE(rows(), 2);
    }

    void makesAMissingBalanceRowFromHistory_data()
    {
        QTest::addColumn<QString>("history");
        QTest::addColumn<int>("expected");
        QTest::newRow("nothing") << QString() << 0;
        QTest::newRow("newest running balance")
            << QStringLiteral("('o1', now() - interval '2 days', 50, true, 50, 1),"
                              "('o2', now() - interval '1 day', 50, true, 100, 2)")
            << 100;
        QTest::newRow("sum without snapshots")
            << QStringLiteral("('o1', now() - interval '2 days', 70, true, NULL, NULL),"
                              "('o2', now() - interval '1 day', -30, true, NULL, NULL)")
            << 40;
        QTest::newRow("pending rows do not count")
            << QStringLiteral("('o1', now() - interval '1 day', 70, false, 0, NULL)") << 0;
    }
    void makesAMissingBalanceRowFromHistory()
    {
        QFETCH(QString, history);
        QFETCH(int, expected);
        const UserId cold = *UserId::from(QStringLiteral("cold"));
        QVERIFY(m_ledger->createUser({.id = cold, .withBalanceRow = false}));
        if (!history.isEmpty()) {
            QString values = history;
            values.replace(QLatin1String("('"), QLatin1String("('cold', 'GRANT', '"));
            runSql(
                m_database,
                QStringLiteral(
                    "INSERT INTO platform.\"CreditTransaction\" "
                    "(\"userId\", type, \"transactionKey\", \"createdAt\", amount, \"isActive\", "
                    "\"runningBalance\", sequence) VALUES ") +
                    values);
        }
        auto before = m_ledger->balance(cold);
        QVERIFY(before);
        QCOMPARE(before->credits.value(), expected);
        QVERIFY(before->source != Balance::Source::BalanceRow); // a read never writes
        auto receipt = m_ledger->post(topUp(cold, Credits::of(10), key("n")));
        QVERIFY(receipt);
        QCOMPARE(receipt->balance.value(), expected + 10);
        QCOMPARE(m_ledger->balance(cold)->source, Balance::Source::BalanceRow);
    }

    void pendingMovesNothingUntilActivatedOnce()
    {
        Posting pending = topUp(m_user, Credits::of(500), key("p"));
        pending.active = false;
        auto posted = m_ledger->post(pending);
        QVERIFY(posted);
        QCOMPARE(posted->balance.value(), 0);
        QVERIFY(!posted->sequence);
        QCOMPARE(balance(), 0);
        QVERIFY(m_ledger->post(pending)->replayed);
        // The same as a posting that counts is something else: no credits moved for it.
        auto counting = pending;
        counting.active = true;
        auto refusedAsOther = m_ledger->post(counting);
        QVERIFY(refusedAsOther.refusal());
        QCOMPARE(refusedAsOther.refusal()->refusal, Refusal::KeyReused);
        QCOMPARE(refusedAsOther.refusal()->subject, QStringLiteral("p"));

        const QJsonObject paid{{QStringLiteral("payment"), QStringLiteral("pi_1")}};
        const Activation activation{
            .user = m_user, .key = key("p"), .newKey = key("pi_1"), .metadata = paid};
        auto active = m_ledger->activate(activation);
        QVERIFY(active);
        QCOMPARE(active->balance.value(), 500);
        QCOMPARE(active->key, key("pi_1"));
        QCOMPARE(active->sequence, 1);
        for (const auto& again : {activation, Activation{.user = m_user, .key = key("p")},
                                  Activation{.user = m_user, .key = key("pi_1")}}) {
            auto refused = m_ledger->activate(again);
            QVERIFY(refused.refusal());
            QCOMPARE(refused.refusal()->refusal, Refusal::AlreadyActive);
        }
        auto unknown = m_ledger->activate({.user = m_user, .key = key("nothing")});
        QVERIFY(unknown.refusal());
        QCOMPARE(unknown.refusal()->refusal, Refusal::TransactionUnknown);
        // The old key still stands for the payment: asking again does not make a second one.
        auto replay = m_ledger->post(pending);
        QVERIFY(replay);
        QVERIFY(replay->replayed);
        QCOMPARE(replay->key, key("pi_1"));
        auto row = m_ledger->transaction(m_user, key("pi_1"));
        QCOMPARE(row->metadata.value(QStringLiteral("activatedFrom")).toString(),
                 QStringLiteral("p"));
        QCOMPARE(row->metadata.value(QStringLiteral("payment")).toString(), QStringLiteral("pi_1"));
        QVERIFY(row->metadata.contains(QStringLiteral("pendingSince")));
        QCOMPARE(balance(), 500);
    }

    void activationClampsIntoTheRange()
    {
        Posting pending = topUp(m_user, Credits::of(500), key("p"));
        pending.active = false;
        QVERIFY(m_ledger->post(pending));
        QVERIFY(m_ledger->post(topUp(m_user, Credits::of(largest - 100), key("a"))));
        auto active = m_ledger->activate({.user = m_user, .key = key("p")});
        QVERIFY(active);
        QCOMPARE(active->applied.value(), 100);
        QCOMPARE(active->requested.value(), 500);
        QCOMPARE(balance(), largest);
    }

    void refundsNeverExceedThePayment()
    {
        QVERIFY(m_ledger->post(topUp(m_user, Credits::of(1000), key("pay"))));
        QVERIFY(m_ledger->post(spend(m_user, Credits::of(900), key("use"))));
        auto first = m_ledger->post(refund(m_user, key("pay"), Credits::of(600), key("r1")));
        QVERIFY(first); // may overdraw
        QCOMPARE(first->balance.value(), -500);
        auto tooMuch = m_ledger->post(refund(m_user, key("pay"), Credits::of(401), key("r2")));
        QVERIFY(tooMuch.refusal());
        QCOMPARE(tooMuch.refusal()->refusal, Refusal::RefundExceedsPayment);
        QCOMPARE(tooMuch.refusal()->ceiling, Credits::of(400));
        auto rest = m_ledger->post(refund(m_user, key("pay"), Credits::of(400), key("r3")));
        QVERIFY(rest);
        auto replay = m_ledger->post(refund(m_user, key("pay"), Credits::of(600), key("r1")));
        QVERIFY(replay);
        QVERIFY(replay->replayed);
        Posting pendingRefund = refund(m_user, key("pay"), Credits::of(1), key("r0"));
        pendingRefund.active = false; // could be activated past what is left
        QCOMPARE(m_ledger->post(pendingRefund).refusal()->refusal, Refusal::AmountInvalid);
        auto none = m_ledger->post(refund(m_user, key("nope"), Credits::of(1), key("r4")));
        QCOMPARE(none.refusal()->subject, QStringLiteral("nope"));
        QCOMPARE(none.refusal()->refusal, Refusal::TransactionUnknown);
        auto wrong = m_ledger->post(refund(m_user, key("use"), Credits::of(1), key("r5")));
        QCOMPARE(wrong.refusal()->refusal, Refusal::NotARefundablePayment);
        auto reversed = m_ledger->reverse({.user = m_user, .key = key("pay")});
        QVERIFY(reversed.refusal()); // it was refunded already
        QCOMPARE(reversed.refusal()->refusal, Refusal::NotReversible);
        auto undone = m_ledger->reverse({.user = m_user, .key = key("r3")});
        QVERIFY(undone);
        QVERIFY(m_ledger->post(refund(m_user, key("pay"), Credits::of(400), key("r6"))));
    }

    void reversesOnce()
    {
        QVERIFY(m_ledger->post(topUp(m_user, Credits::of(1000), key("a"))));
        QVERIFY(m_ledger->post(spend(m_user, Credits::of(300), key("b"))));
        auto reversed = m_ledger->reverse({.user = m_user, .key = key("b")});
        QVERIFY(reversed);
        QCOMPARE(reversed->balance.value(), 1000);
        QCOMPARE(reversed->key.text(), QStringLiteral("REVERSAL-b"));
        auto again = m_ledger->reverse({.user = m_user, .key = key("b")});
        QCOMPARE(again.refusal()->refusal, Refusal::AlreadyReversed);
        auto ofReversal = m_ledger->reverse({.user = m_user, .key = key("REVERSAL-b")});
        QCOMPARE(ofReversal.refusal()->refusal, Refusal::NotReversible);
        auto payment = m_ledger->reverse({.user = m_user, .key = key("a")});
        QVERIFY(payment);
        auto refused = m_ledger->post(refund(m_user, key("a"), Credits::of(1), key("r")));
        QCOMPARE(refused.refusal()->refusal, Refusal::RefundExceedsPayment);
        auto row = m_ledger->transaction(m_user, key("REVERSAL-b"));
        QCOMPARE(row->metadata.value(QStringLiteral("reverses")).toString(), QStringLiteral("b"));
        QVERIFY(row->type == TransactionType::Usage);
    }

    void aPreviewLeavesNothing()
    {
        QVERIFY(m_ledger->post(topUp(m_user, Credits::of(700), key("a"))));
        const auto ask = topUp(m_user, Credits::of(800), key("b"), Credits::of(1000));
        for (int i = 0; i < 3; ++i) {
            auto seen = m_ledger->preview(ask);
            QVERIFY(seen);
            QCOMPARE(seen->applied.value(), 300);
            QCOMPARE(seen->balance.value(), 1000);
            QVERIFY(!seen->replayed);
        }
        QCOMPARE(rows(), 1);
        QCOMPARE(balance(), 700);
        auto refused = m_ledger->preview(spend(m_user, Credits::of(701), key("c")));
        QVERIFY(refused.refusal());
        QVERIFY(m_ledger->post(ask));
    }

    void keepsMetadataExactly()
    {
        QJsonObject metadata{
            {QStringLiteral("reason"), QStringLiteral("it's \"quoted\" \\ 100 % 😀 \u0627")},
            {QStringLiteral("nul"), QString(QChar(0)) + QStringLiteral("a")},
            {QStringLiteral("big"), qint64(9007199254740993)},
            {QStringLiteral("clamp"), QStringLiteral("spoofed")}};
        QVERIFY(m_ledger->post(topUp(m_user, Credits::of(5), key("a"), {}, metadata)));
        auto row = m_ledger->transaction(m_user, key("a"));
        QVERIFY(row);
        QCOMPARE(row->metadata.value(QStringLiteral("reason")),
                 metadata.value(QStringLiteral("reason")));
        QCOMPARE(row->metadata.value(QStringLiteral("nul")).toString(), QStringLiteral("a"));
        QCOMPARE(row->metadata.value(QStringLiteral("big")).toInteger(), qint64(9007199254740993));
        QVERIFY(!row->metadata.contains(QStringLiteral("clamp")));
        QVERIFY(row->metadataText.contains("9007199254740993"));
    }

    void takesIdsOfEveryKind_data()
    {
        QTest::addColumn<QString>("id");
        QTest::newRow("quotes") << QStringLiteral("o'brien \"x\" \\ {},;");
        QTest::newRow("emoji") << QStringLiteral("😀👩‍🚀");
        QTest::newRow("right to left") << QStringLiteral("משתמש");
        QTest::newRow("500 characters") << QString(500, QLatin1Char('x'));
        QTest::newRow("percent") << QStringLiteral("%_:name::text ?");
    }
    void takesIdsOfEveryKind()
    {
        QFETCH(QString, id);
        const UserId user = *UserId::from(id);
        QVERIFY(m_ledger->createUser({.id = user}));
        auto receipt = m_ledger->post(topUp(user, Credits::of(5), *TransactionKey::from(id)));
        QVERIFY(receipt);
        QCOMPARE(receipt->key.text(), id);
        auto page = m_ledger->history({.user = user});
        QVERIFY(page);
        QCOMPARE(page->rows.size(), 1);
        QCOMPARE(page->rows.first().key.text(), id);
        auto found = m_ledger->users({.search = id});
        QVERIFY(found);
        QCOMPARE(found->rows.size(), 1);
        QCOMPARE(found->rows.first().id, user);
        QVERIFY(m_ledger->removeUser(user));
    }

    void timesIncreaseStrictly()
    {
        // A row from the future: the next one still comes later.
        runSql(m_database, QStringLiteral("UPDATE platform.\"UserBalance\" SET \"updatedAt\" = "
                                          "'2100-01-01 00:00:00.000007+00'"));
        auto first = m_ledger->post(topUp(m_user, Credits::of(1), key("a")));
        auto second = m_ledger->post(topUp(m_user, Credits::of(1), key("b")));
        QVERIFY(first && second);
        QCOMPARE(first->at.micros % 1000000, 8);
        QCOMPARE(second->at.micros, first->at.micros + 1);
    }

private:
    int rows() const
    {
        return sql(m_database,
                   QStringLiteral("SELECT count(*) FROM platform.\"CreditTransaction\""))
            .toInt();
    }
    qint64 balance() { return m_ledger->balance(m_user)->credits.value(); }

    TestServer m_server;
    Connection m_database;
    std::unique_ptr<Ledger> m_ledger;
    UserId m_user;
};

QTEST_GUILESS_MAIN(TestPostingWays)
#include "tst_posting_ways.moc"
