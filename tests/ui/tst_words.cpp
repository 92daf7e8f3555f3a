// SPDX-License-Identifier: GPL-3.0-or-later
//! Nothing that can be answered is without words, and the fixed sentences are as agreed.
#include "ui/shared/words.h"

#include <QtTest/QtTest>

using namespace tallystick;

namespace {

RefusalWithFacts refusal(Refusal which)
{
    return {.refusal = which,
            .subject = QStringLiteral("u-1"),
            .balance = Credits::of(1000),
            .requested = Credits::of(200),
            .ceiling = Credits::of(800)};
}

constexpr std::array allKinds{
    Failure::Kind::ConnectionMisread, Failure::Kind::Unreachable, Failure::Kind::SessionLost,
    Failure::Kind::Conflict,          Failure::Kind::TimedOut,    Failure::Kind::OutcomeUnknown,
    Failure::Kind::ReadOnly,          Failure::Kind::NotAllowed,  Failure::Kind::SchemaMismatch,
    Failure::Kind::NoLabMarker,       Failure::Kind::ServerFull,  Failure::Kind::ServerMissing,
    Failure::Kind::LabDamaged,        Failure::Kind::Cancelled,   Failure::Kind::FileTrouble,
    Failure::Kind::WrongStatement,    Failure::Kind::Unexpected};
static_assert(allKinds.size() == size_t(Failure::Kind::Unexpected) + 1);

} // namespace

class TstWords : public QObject
{
    Q_OBJECT

private slots:
    void theFixedSentencesAreVerbatim();
    void everyRefusalHasItsOwnSentence();
    void everyFailureSaysWhatItMeansForTheMoney();
    void onlyDoubtLeavesTheMoneyOpen();
    void theServersWordsStandInTheTechnicalPartOnly();
    void everyFindingHasItsOwnSentence();
    void aFindingNamesItsMoneyUnlessHarmless();
    void aVerdictCountsWhatIsNotHarmless();
    void everyValueHasItsOwnWord();
};

void TstWords::theFixedSentencesAreVerbatim()
{
    QCOMPARE(words::sentence(refusal(Refusal::CeilingReached)),
             QStringLiteral("You already have enough balance of $10.00, top-up is not required "
                            "when you already have at least $8.00"));
    RefusalWithFacts insufficient = refusal(Refusal::CreditsInsufficient);
    insufficient.balance = Credits::of(500);
    insufficient.requested = Credits::of(-1000);
    QCOMPARE(words::sentence(insufficient),
             QStringLiteral("Insufficient balance of $5.00, where this will cost $10.00"));
    QCOMPARE(words::sentence(refusal(Refusal::UserUnknown)), QStringLiteral("User u-1 not found"));
}

void TstWords::everyRefusalHasItsOwnSentence()
{
    QSet<QString> sentences;
    QSet<QString> shorts;
    for (const Refusal each : allRefusals) {
        sentences << words::sentence(refusal(each));
        shorts << words::word(each);
    }
    QCOMPARE(sentences.size(), qsizetype(allRefusals.size()));
    QCOMPARE(shorts.size(), qsizetype(allRefusals.size()));
    QVERIFY(!sentences.contains(QString()) && !shorts.contains(QString()));
}

void TstWords::everyFailureSaysWhatItMeansForTheMoney()
{
    QSet<QString> happenings;
    QSet<QString> shorts;
    for (const Failure::Kind kind : allKinds) {
        const auto said = words::explain({.kind = kind}, words::Doing::Writing);
        happenings << said.happened;
        shorts << words::word(kind);
        for (const QString& part : {said.happened, said.money, said.advice})
            QVERIFY2(part.endsWith(QLatin1Char('.')), qPrintable(nameOf(kind)));
    }
    QCOMPARE(happenings.size(), qsizetype(allKinds.size()));
    QCOMPARE(shorts.size(), qsizetype(allKinds.size()));
}

void TstWords::onlyDoubtLeavesTheMoneyOpen()
{
    for (const Failure::Kind kind : allKinds) {
        const auto said = words::explain({.kind = kind}, words::Doing::Writing);
        QCOMPARE(said.money == QStringLiteral("Nothing was written."),
                 kind != Failure::Kind::OutcomeUnknown);
    }
}

void TstWords::theServersWordsStandInTheTechnicalPartOnly()
{
    const Failure failure{.kind = Failure::Kind::Unexpected,
                          .sqlState = QStringLiteral("XX000"),
                          .statement = QStringLiteral("lock_balance"),
                          .text = QStringLiteral("ERROR:  boom\nDETAIL: loud")};
    const auto said = words::explain(failure, words::Doing::Reading);
    QVERIFY(said.technical.contains(QStringLiteral("XX000")));
    QVERIFY(said.technical.contains(QStringLiteral("lock_balance")));
    QVERIFY(said.technical.contains(QStringLiteral("boom")));
    QVERIFY(!(said.happened + said.money + said.advice).contains(QStringLiteral("XX000")));
    QVERIFY(!words::sentence(failure, words::Doing::Reading).contains(QLatin1Char('\n')));
    QCOMPARE(words::plain(failure, words::Doing::Reading),
             said.happened + u' ' + said.money + u' ' + said.advice);
}

void TstWords::everyFindingHasItsOwnSentence()
{
    QSet<QString> sentences;
    QSet<QString> shorts;
    for (const FindingKind kind : allFindingKinds) {
        sentences << words::sentence(Finding{.kind = kind,
                                             .user = *UserId::from(QStringLiteral("u")),
                                             .rows = {*TransactionKey::from(QStringLiteral("key"))},
                                             .expected = Credits::of(100),
                                             .found = Credits::of(200)});
        shorts << words::word(kind);
    }
    QCOMPARE(sentences.size(), qsizetype(allFindingKinds.size()));
    QCOMPARE(shorts.size(), qsizetype(allFindingKinds.size()));
}

void TstWords::aFindingNamesItsMoneyUnlessHarmless()
{
    Finding finding{.kind = FindingKind::Fork, .credits = Credits::of(345)};
    QVERIFY(words::sentence(finding).contains(QStringLiteral("$3.45")));
    finding.kind = FindingKind::OutOfClockOrder;
    QVERIFY(!words::sentence(finding).contains(QStringLiteral("$3.45")));
}

void TstWords::aVerdictCountsWhatIsNotHarmless()
{
    ChainVerdict verdict;
    QCOMPARE(words::sentence(verdict), QStringLiteral("Verified"));
    verdict.findings << Finding{.kind = FindingKind::OutOfClockOrder, .count = 3};
    QCOMPARE(words::sentence(verdict), QStringLiteral("Verified, 3 rows out of clock order"));
    verdict.findings.prepend(Finding{.kind = FindingKind::Gap});
    QCOMPARE(words::sentence(verdict), QStringLiteral("Not verified: 1 finding"));
    verdict.findings.prepend(Finding{.kind = FindingKind::Tail});
    QCOMPARE(words::sentence(verdict), QStringLiteral("Not verified: 2 findings"));
}

void TstWords::everyValueHasItsOwnWord()
{
    QSet<QString> types{words::word(TransactionType::Other)};
    for (const TransactionType type : writableTypes)
        types << words::word(type);
    QCOMPARE(types.size(), qsizetype(writableTypes.size()) + 1);
    QSet<QString> operations;
    for (const OperationKind kind : allOperationKinds)
        operations << words::word(kind);
    QCOMPARE(operations.size(), qsizetype(allOperationKinds.size()));
    QSet<QString> ways;
    for (const Way way : allWays)
        ways << words::word(way);
    QCOMPARE(ways.size(), qsizetype(allWays.size()));
    QCOMPARE(words::word(Verdict::Pass), QStringLiteral("PASS"));
    QCOMPARE(words::word(Verdict::Violated), QStringLiteral("VIOLATED"));
    QCOMPARE(words::word(Verdict::Unknown), QStringLiteral("UNKNOWN"));
}

QTEST_GUILESS_MAIN(TstWords)
#include "tst_words.moc"
