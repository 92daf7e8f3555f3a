// SPDX-License-Identifier: GPL-3.0-or-later
//! Words for what verification finds.
#include "ui/shared/format.h"
#include "ui/shared/words.h"

#include <QtCore/QCoreApplication>

namespace tallystick::words {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(FindingWords)
};

QString statement(const Finding& finding)
{
    using format::amount;
    const QString key =
        finding.rows.isEmpty() ? QString() : format::elided(finding.rows.first().text(), 24);
    const QString expected = amount(finding.expected.value_or(Credits()));
    const QString found = amount(finding.found.value_or(Credits()));
    switch (finding.kind) {
    case FindingKind::Fork:
        return Words::tr("Two rows start from the same balance of %1: a concurrent update was lost")
            .arg(found);
    case FindingKind::Gap:
        return Words::tr("A row is missing before %1: it should start at %2 and starts at %3")
            .arg(key, expected, found);
    case FindingKind::Arithmetic:
        return finding.expected
                   ? Words::tr("Row %1 says %2 but moved the balance by %3")
                         .arg(key, format::signedAmount(finding.found.value_or(Credits())),
                              format::signedAmount(*finding.expected))
                   : Words::tr("Row %1 carries no balance after its amount of %2")
                         .arg(key, format::signedAmount(finding.found.value_or(Credits())));
    case FindingKind::CeilingLoss:
        return Words::tr("Top-up %1 lowered the balance to its ceiling: %2 became %3")
            .arg(key, expected, found);
    case FindingKind::Tail:
        return Words::tr("The last row ends at %1, the balance row says %2").arg(expected, found);
    case FindingKind::Orphan:
        return finding.count == 1
                   ? Words::tr("Row %1 starts where no other row ends").arg(key)
                   : Words::tr("%1 rows, among them %2, start where no other row ends")
                         .arg(format::count(finding.count), key);
    case FindingKind::SumMismatch:
        return Words::tr("The amounts add up to %1, the balance is %2").arg(expected, found);
    case FindingKind::NoBalanceRow:
        return Words::tr("There is a history but no balance row");
    case FindingKind::Negative:
        return Words::tr("Row %1 took the balance to %2, which its type may not do")
            .arg(key, found);
    case FindingKind::OutOfRange:
        return Words::tr("Row %1 is outside what the ledger stores, or its clamp does not add up")
            .arg(key);
    case FindingKind::DuplicateReward:
        return Words::tr("One reward step was paid %1 times, again at row %2")
            .arg(format::count(finding.count + 1), key); // the count is of the repetitions
    case FindingKind::RefundExceedsPayment:
        return Words::tr("Refunds of payment %1 exceed it in total: %2 of %3")
            .arg(key, found, expected);
    case FindingKind::Clock:
        return Words::tr("The time steps back at row %1, further than any lock wait explains")
            .arg(key);
    case FindingKind::Unsequenced:
        return finding.count == 1 ? Words::tr("1 row has nothing to prove its order by")
                                  : Words::tr("%1 rows have nothing to prove their order by")
                                        .arg(format::count(finding.count));
    case FindingKind::Clamped:
        return Words::tr("Top-up %1 was cut at a ceiling: it says %2 and moved the balance by %3")
            .arg(key, format::signedAmount(finding.expected.value_or(Credits())),
                 format::signedAmount(finding.found.value_or(Credits())));
    case FindingKind::OutOfClockOrder:
        return finding.count == 1 ? Words::tr("1 row is out of clock order, which is harmless")
                                  : Words::tr("%1 rows are out of clock order, which is harmless")
                                        .arg(format::count(finding.count));
    }
    Q_UNREACHABLE();
}

} // namespace

QString word(FindingKind kind)
{
    switch (kind) {
    case FindingKind::Fork:
        return Words::tr("Lost update");
    case FindingKind::Gap:
        return Words::tr("Missing row");
    case FindingKind::Arithmetic:
        return Words::tr("Wrong row");
    case FindingKind::CeilingLoss:
        return Words::tr("Ceiling loss");
    case FindingKind::Tail:
        return Words::tr("Balance differs");
    case FindingKind::Orphan:
        return Words::tr("Detached rows");
    case FindingKind::SumMismatch:
        return Words::tr("Wrong total");
    case FindingKind::NoBalanceRow:
        return Words::tr("No balance row");
    case FindingKind::Negative:
        return Words::tr("Below zero");
    case FindingKind::OutOfRange:
        return Words::tr("Out of range");
    case FindingKind::DuplicateReward:
        return Words::tr("Duplicate reward");
    case FindingKind::RefundExceedsPayment:
        return Words::tr("Refund exceeds payment");
    case FindingKind::Clock:
        return Words::tr("Time steps back");
    case FindingKind::Unsequenced:
        return Words::tr("Order unproved");
    case FindingKind::Clamped:
        return Words::tr("Cut at a ceiling");
    case FindingKind::OutOfClockOrder:
        return Words::tr("Out of clock order");
    }
    Q_UNREACHABLE();
}

QString sentence(const Finding& finding)
{
    const QString said = statement(finding);
    if (finding.credits.isZero() || isHarmless(finding.kind))
        return said;
    return Words::tr("%1; %2 at stake").arg(said, format::money(finding.credits));
}

QString sentence(const ChainVerdict& verdict)
{
    if (!verdict.holds()) {
        qint64 findings = 0;
        for (const Finding& finding : verdict.findings)
            findings += isHarmless(finding.kind) ? 0 : 1;
        return findings == 1 ? Words::tr("Not verified: 1 finding")
                             : Words::tr("Not verified: %1 findings").arg(findings);
    }
    for (const Finding& finding : verdict.findings)
        if (finding.kind == FindingKind::OutOfClockOrder)
            return finding.count == 1 ? Words::tr("Verified, 1 row out of clock order")
                                      : Words::tr("Verified, %1 rows out of clock order")
                                            .arg(format::count(finding.count));
    switch (verdict.proof) {
    case Proof::CommitTime:
        return Words::tr("Verified by commit times");
    case Proof::Trail:
        return Words::tr("Verified: an order of the rows explains the balance");
    case Proof::Sequence:
    case Proof::None:
        break;
    }
    return Words::tr("Verified");
}

} // namespace tallystick::words
