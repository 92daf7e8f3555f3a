// SPDX-License-Identifier: GPL-3.0-or-later
//! What a terminal shows of a run: words in place of codes, money as money.
#include "app/attack.h"

#include <QtTest/QtTest>

using namespace tallystick;

class tst_RunText final : public QObject
{
    Q_OBJECT

private slots:
    void tellsACounterExampleInWords();
    void tellsWhatSpeaksOfTheWholeRunWithoutNames();
};

namespace {

Report violatedBy(const Example& example)
{
    Report report;
    report.verdict = Verdict::Violated;
    report.scenario.name = QStringLiteral("some-run");
    report.operationsHash = QStringLiteral("0123456789abcdef");
    report.invariants = {{.id = QStringLiteral("R4"),
                          .name = QStringLiteral("chain"),
                          .validity = Validity::Invalid,
                          .checked = 10,
                          .violations = 1,
                          .examples = {example}}};
    return report;
}

} // namespace

void tst_RunText::tellsACounterExampleInWords()
{
    const QString text = textOf(violatedBy({.user = *UserId::from(QStringLiteral("ann")),
                                            .key = *TransactionKey::from(QStringLiteral("k-1")),
                                            .expected = Credits::of(12'345),
                                            .found = Credits::of(-100),
                                            .what = QStringLiteral("fork")}));
    QVERIFY2(text.endsWith(QStringLiteral("customer ann, key k-1: two rows start from one balance, "
                                          "expected $123.45, found −$1.00")),
             qPrintable(text));
}

void tst_RunText::tellsWhatSpeaksOfTheWholeRunWithoutNames()
{
    const QString text = textOf(violatedBy({.user = {},
                                            .key = {},
                                            .expected = Credits::of(10),
                                            .found = Credits::of(1'200),
                                            .what = QStringLiteral("ok")}));
    QVERIFY2(text.endsWith(QStringLiteral("        operations that succeeded, expected 10, found "
                                          "1,200")),
             qPrintable(text));
}

QTEST_GUILESS_MAIN(tst_RunText)
#include "tst_runtext.moc"
