// SPDX-License-Identifier: GPL-3.0-or-later
//! What is listed of very many findings: the harmful first, then by money, then as they came.
#include "app/worstfindings.h"

#include <QtTest/QtTest>

using namespace tallystick;

namespace {

Finding found(FindingKind kind, qint64 credits, const char* user)
{
    Finding finding;
    finding.kind = kind;
    finding.user = *UserId::from(QString::fromLatin1(user));
    finding.credits = Credits::of(credits);
    return finding;
}

QString usersOf(const WorstFindings& findings)
{
    QStringList users;
    for (const Finding& finding : findings.ranked())
        users << finding.user.text();
    return users.join(QLatin1Char(' '));
}

} // namespace

class tst_WorstFindings final : public QObject
{
    Q_OBJECT

private slots:
    void weighsEveryKind();
    void keepsALateCrimeAmongManyHarmlessOnes();
    void ranksByMoneyThenAsTheyCame();
    void ranksTheSameHoweverManyAreKept();
};

void tst_WorstFindings::weighsEveryKind()
{
    for (const FindingKind kind : allFindingKinds)
        QCOMPARE(weightOf(kind) == Weight::Harmless, isHarmless(kind));
    QCOMPARE(weightOf(FindingKind::Unsequenced), Weight::Unproved);
    QCOMPARE(weightOf(FindingKind::Fork), Weight::Wrong);
}

void tst_WorstFindings::keepsALateCrimeAmongManyHarmlessOnes()
{
    WorstFindings findings(10);
    for (int i = 0; i < 1'000; ++i)
        findings.add(found(FindingKind::OutOfClockOrder, 1'000'000, "calm"));
    for (int i = 0; i < 1'000; ++i)
        findings.add(found(FindingKind::Unsequenced, 1'000'000, "unproved"));
    findings.add(found(FindingKind::Negative, 1, "crime"));
    QCOMPARE(findings.ranked().size(), 10);
    QCOMPARE(findings.dropped(), 1'991);
    QVERIFY2(usersOf(findings).startsWith(QStringLiteral("crime unproved unproved")),
             qPrintable(usersOf(findings)));
}

void tst_WorstFindings::ranksByMoneyThenAsTheyCame()
{
    WorstFindings findings(4);
    findings.add(found(FindingKind::Gap, 5, "a"));
    findings.add(found(FindingKind::Fork, 7, "b"));
    findings.add(found(FindingKind::OutOfClockOrder, 0, "c"));
    findings.add(found(FindingKind::Tail, 5, "d"));
    QCOMPARE(findings.dropped(), 0);
    findings.add(found(FindingKind::Gap, 5, "e"));
    QCOMPARE(usersOf(findings), QStringLiteral("b a d e"));
    findings.add(found(FindingKind::Gap, 5, "f"));
    QCOMPARE(usersOf(findings), QStringLiteral("b a d e"));
    QCOMPARE(findings.dropped(), 2);
}

void tst_WorstFindings::ranksTheSameHoweverManyAreKept()
{
    WorstFindings few(20);
    WorstFindings all(1'000);
    for (int i = 0; i < 500; ++i) {
        const Finding finding = found(allFindingKinds[std::size_t(i * 7) % allFindingKinds.size()],
                                      i * 37 % 11, QByteArray::number(i).constData());
        few.add(finding);
        all.add(finding);
    }
    QCOMPARE(all.dropped(), 0);
    QVERIFY(usersOf(all).startsWith(usersOf(few) + QLatin1Char(' ')));
}

QTEST_GUILESS_MAIN(tst_WorstFindings)
#include "tst_worstfindings.moc"
