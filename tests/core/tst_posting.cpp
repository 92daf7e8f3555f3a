// SPDX-License-Identifier: GPL-3.0-or-later
//! The named operations build the postings they promise, and nonsense is refused before it is sent.
#include "ledger/core/posting.h"

#include <QtTest/QtTest>

#include <limits>

using namespace tallystick;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(Posting)

namespace {

constexpr qint64 lowest = std::numeric_limits<qint64>::min();
constexpr qint64 highest = std::numeric_limits<qint64>::max();

const UserId ann = *UserId::from(u"ann"_s);
const TransactionKey key = *TransactionKey::from(u"k1"_s);

Credits credits(qint64 cents)
{
    return Credits::of(cents);
}

template <class Command>
std::optional<Refusal> refusalOf(const Command& command)
{
    const auto answer = validated(command);
    const auto* refused = std::get_if<RefusalWithFacts>(&answer);
    return refused ? std::optional(refused->refusal) : std::nullopt;
}

Posting ofType(TransactionType type, qint64 amount)
{
    return {.user = ann, .key = key, .amount = credits(amount), .type = type};
}

} // namespace

class tst_Posting final : public QObject
{
    Q_OBJECT

private slots:
    void topUpAddsUpToACeiling()
    {
        const Posting posting =
            topUp(ann, credits(200), key, credits(800), {{u"reason"_s, u"r"_s}});
        QCOMPARE(posting.user, ann);
        QCOMPARE(posting.key, key);
        QCOMPARE(posting.amount, credits(200));
        QCOMPARE(posting.type, TransactionType::TopUp);
        QVERIFY(posting.ceiling == credits(800));
        QVERIFY(posting.active && !posting.mayOverdraw && !posting.refundOf);
        QCOMPARE(posting.onSameKey, Posting::OnSameKey::Replay);
        QCOMPARE(posting.metadata.value(u"reason"_s).toString(), u"r"_s);
    }

    void spendRemovesWhatItCosts()
    {
        QCOMPARE(spend(ann, credits(30), key).amount, credits(-30));
        QCOMPARE(spend(ann, credits(30), key).type, TransactionType::Usage);
        QCOMPARE(spend(ann, credits(0), key).amount, credits(0));
        QCOMPARE(spend(ann, credits(-30), key).amount, credits(30)); // a refund of usage
        QCOMPARE(spend(ann, credits(lowest), key).amount, credits(highest));
        QVERIFY(!spend(ann, credits(30), key).mayOverdraw);
    }

    void rewardIsKeyedByItsStep()
    {
        const Posting posting = reward(ann, credits(500), u"WELCOME"_s);
        QCOMPARE(posting.key.text(), u"REWARD-ann-WELCOME"_s);
        QCOMPARE(posting.type, TransactionType::Grant);
        QCOMPARE(posting.onSameKey, Posting::OnSameKey::AlreadyClaimed);
    }

    void refundTakesBackFromAPayment()
    {
        const auto payment = *TransactionKey::from(u"pay"_s);
        const Posting posting = refund(ann, payment, credits(100), key);
        QCOMPARE(posting.amount, credits(-100));
        QCOMPARE(posting.type, TransactionType::Refund);
        QVERIFY(posting.mayOverdraw);
        QVERIFY(posting.refundOf == payment);
    }

    void adjustmentIsAGrantOfEitherSign()
    {
        QCOMPARE(adjustment(ann, credits(-5), true, key).type, TransactionType::Grant);
        QVERIFY(adjustment(ann, credits(-5), true, key).mayOverdraw);
        QVERIFY(!adjustment(ann, credits(5), false, key).mayOverdraw);
        QCOMPARE(grant(ann, credits(5), key).type, TransactionType::Grant);
    }

    void derivedKeysAreEmptyWhereTheyCannotBe()
    {
        QVERIFY(rewardKey(ann, QString()).isEmpty());
        QVERIFY(rewardKey(ann, u"a\nb"_s).isEmpty());
        QVERIFY(rewardKey(ann, u"s"_s.repeated(1200)).isEmpty());
        QCOMPARE(reversalKey(key).text(), u"REVERSAL-k1"_s);
        QVERIFY(reversalKey(*TransactionKey::from(u"k"_s.repeated(1200))).isEmpty());
    }

    void amountHasToFitItsKind_data()
    {
        QTest::addColumn<Posting>("posting");
        QTest::addColumn<bool>("makesSense");
        const auto row = [](const char* name, const Posting& posting, bool makesSense) {
            QTest::newRow(name) << posting << makesSense;
        };
        using Type = TransactionType;
        const auto payment = *TransactionKey::from(u"pay"_s);
        row("top-up", ofType(Type::TopUp, 1), true);
        row("top-up of the most", ofType(Type::TopUp, highest), true);
        row("top-up of nothing", ofType(Type::TopUp, 0), false);
        row("negative top-up", ofType(Type::TopUp, -1), false);
        row("lowest top-up", ofType(Type::TopUp, lowest), false);
        row("spend", ofType(Type::Usage, -1), true);
        row("spend of nothing", ofType(Type::Usage, 0), true);
        row("spend of the most", ofType(Type::Usage, lowest), true);
        row("usage given back", ofType(Type::Usage, 1), true);
        row("grant", ofType(Type::Grant, 1), true);
        row("grant of nothing", ofType(Type::Grant, 0), false);
        row("correction downwards", ofType(Type::Grant, -1), true);
        row("reward", reward(ann, credits(1), u"S"_s), true);
        row("reward of nothing", reward(ann, credits(0), u"S"_s), false);
        row("negative reward", reward(ann, credits(-1), u"S"_s), false);
        row("refund", refund(ann, payment, credits(1), key), true);
        row("refund of nothing", refund(ann, payment, credits(0), key), false);
        row("negative refund", refund(ann, payment, credits(-1), key), false);
        row("card check", ofType(Type::CardCheck, 0), true);
        row("card check with money", ofType(Type::CardCheck, 1), false);
        row("subscription", ofType(Type::Subscription, -1), true);
        row("a label nobody knows", ofType(Type::Other, 1), false);
    }

    void amountHasToFitItsKind()
    {
        QFETCH(Posting, posting);
        QFETCH(bool, makesSense);
        const auto refused = refusalOf(posting);
        QCOMPARE(refused.has_value(), !makesSense);
        if (refused)
            QCOMPARE(*refused, Refusal::AmountInvalid);
    }

    void refusalOfAnAmountNamesIt()
    {
        const auto answer = validated(ofType(TransactionType::TopUp, -7));
        const auto& refused = std::get<RefusalWithFacts>(answer);
        QCOMPARE(refused.requested, credits(-7));
        QCOMPARE(refused.subject, u"ann"_s);
    }

    void idsAreNeeded()
    {
        QVERIFY(refusalOf(topUp(UserId(), credits(1), key)) == Refusal::IdInvalid);
        QVERIFY(refusalOf(topUp(ann, credits(1), TransactionKey())) == Refusal::IdInvalid);
        QVERIFY(refusalOf(reward(ann, credits(1), QString())) == Refusal::IdInvalid);
        QVERIFY(refusalOf(refund(ann, TransactionKey(), credits(1), key)) == Refusal::IdInvalid);
        QVERIFY(refusalOf(Reversal{.user = ann}) == Refusal::IdInvalid);
        QVERIFY(refusalOf(Reversal{.user = UserId(), .key = key}) == Refusal::IdInvalid);
        QVERIFY(refusalOf(Activation{.user = ann}) == Refusal::IdInvalid);
        QVERIFY(refusalOf(Activation{.user = ann, .key = key, .newKey = TransactionKey()}) ==
                Refusal::IdInvalid);
        QVERIFY(!refusalOf(Reversal{.user = ann, .key = key}));
        QVERIFY(!refusalOf(Activation{.user = ann, .key = key}));
    }

    void keyAndUserFitOneIndexEntry()
    {
        // 500 emoji halves make 250 characters of four bytes: 1,000 bytes, and 1,600 are left.
        const auto wide = *UserId::from(u"🧾"_s.repeated(250));
        const auto fitting = *TransactionKey::from(u"🧾"_s.repeated(400));
        const auto tooLong = *TransactionKey::from(u"🧾"_s.repeated(400) + u"x"_s);
        QVERIFY(!refusalOf(topUp(wide, credits(1), fitting)));
        QVERIFY(refusalOf(topUp(wide, credits(1), tooLong)) == Refusal::IdInvalid);
        // The reversal's own key counts, not that of the row it reverses.
        QVERIFY(refusalOf(Reversal{.user = wide, .key = fitting}) == Refusal::IdInvalid);
        QVERIFY(refusalOf(Activation{.user = wide, .key = key, .newKey = tooLong}) ==
                Refusal::IdInvalid);
    }

    void metadataIsCleanedAndKeepsNoFalseRecord()
    {
        const QJsonObject metadata{{u"reason"_s, u"r\u0007"_s}, {u"requestedAmount"_s, 5},
                                   {u"clamp"_s, u"ceiling"_s},  {u"refundOf"_s, u"x"_s},
                                   {u"reverses"_s, u"x"_s},     {u"activatedFrom"_s, u"x"_s},
                                   {u"pendingSince"_s, u"x"_s}, {u"clamp\u0001"_s, u"range"_s}};
        const QJsonObject kept{{u"reason"_s, u"r"_s}};
        QCOMPARE(std::get<Posting>(validated(topUp(ann, credits(1), key, {}, metadata))).metadata,
                 kept);
        QCOMPARE(
            std::get<Reversal>(validated(Reversal{.user = ann, .key = key, .metadata = metadata}))
                .metadata,
            kept);
        QCOMPARE(std::get<Activation>(
                     validated(Activation{.user = ann, .key = key, .metadata = metadata}))
                     .metadata,
                 kept);
    }

    void metadataTooLargeIsRefused()
    {
        const QJsonObject large{{u"note"_s, u"x"_s.repeated(1024 * 1024)}};
        QVERIFY(refusalOf(topUp(ann, credits(1), key, {}, large)) == Refusal::MetadataInvalid);
        QVERIFY(refusalOf(Reversal{.user = ann, .key = key, .metadata = large}) ==
                Refusal::MetadataInvalid);
    }

    void whatIsRightPassesUnchanged()
    {
        const Posting posting = topUp(ann, credits(7), key, credits(3), {{u"a"_s, 1}});
        const auto answer = validated(posting);
        const Posting& passed = std::get<Posting>(answer);
        QCOMPARE(passed.user, posting.user);
        QCOMPARE(passed.key, posting.key);
        QCOMPARE(passed.amount, posting.amount);
        QVERIFY(passed.ceiling == posting.ceiling);
        QCOMPARE(passed.metadata, posting.metadata);
    }
};

QTEST_GUILESS_MAIN(tst_Posting)
#include "tst_posting.moc"
