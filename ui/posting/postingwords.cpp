// SPDX-License-Identifier: GPL-3.0-or-later
//! Sentences around a posting, always with the amount that is really applied.
#include "ui/posting/postingwords.h"

#include "ui/shared/format.h"
#include "ui/shared/words.h"

#include <QtCore/QCoreApplication>

namespace tallystick::words {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(PostingWords)
};

QString size(Credits credits)
{
    return format::amount(credits.isNegative() ? credits.negated().value_or(credits) : credits);
}

QString whyLess(const Posting& posting, const Receipt& receipt)
{
    if (receipt.clamp == Clamp::Ceiling && posting.ceiling)
        return Words::tr("ceiling %1").arg(format::amount(*posting.ceiling));
    return word(receipt.clamp);
}

} // namespace

QString title(PostingKind kind)
{
    switch (kind) {
    case PostingKind::TopUp:
        return Words::tr("Top up");
    case PostingKind::Reward:
        return Words::tr("Reward");
    case PostingKind::Spend:
        return Words::tr("Spend");
    case PostingKind::Adjustment:
        return Words::tr("Adjust");
    }
    Q_UNREACHABLE();
}

QString iconName(PostingKind kind)
{
    switch (kind) {
    case PostingKind::TopUp:
        return QStringLiteral("top-up");
    case PostingKind::Reward:
        return QStringLiteral("reward");
    case PostingKind::Spend:
        return QStringLiteral("spend");
    case PostingKind::Adjustment:
        return QStringLiteral("adjust");
    }
    Q_UNREACHABLE();
}

QString amountLabel(PostingKind kind)
{
    return kind == PostingKind::Spend ? Words::tr("Cost ($)") : Words::tr("Amount ($)");
}

QString hint(PostingKind kind)
{
    switch (kind) {
    case PostingKind::TopUp:
        return Words::tr("Adds credits, at most up to a ceiling.");
    case PostingKind::Reward:
        return Words::tr("Adds credits once per customer and step, ever.");
    case PostingKind::Spend:
        return Words::tr("Takes credits, never more than there are.");
    case PostingKind::Adjustment:
        return Words::tr("Corrects a balance by a positive or negative amount.");
    }
    Q_UNREACHABLE();
}

QString preview(const Posting& posting, const Receipt& receipt)
{
    const Credits before = receipt.balance.minus(receipt.applied).value_or(receipt.balance);
    const QString movement =
        Words::tr("Balance %1 → %2").arg(format::amount(before), format::amount(receipt.balance));
    if (receipt.clamp == Clamp::None)
        return movement;
    return Words::tr("%1. Requested %2, applied %3 (%4)")
        .arg(movement, format::amount(receipt.requested), format::amount(receipt.applied),
             whyLess(posting, receipt));
}

QString action(const Receipt& receipt, const QString& customer)
{
    return receipt.applied.isNegative()
               ? Words::tr("Take %1 from %2").arg(size(receipt.applied), customer)
               : Words::tr("Add %1 to %2").arg(size(receipt.applied), customer);
}

QString done(const Receipt& receipt, const QString& customer)
{
    return receipt.applied.isNegative()
               ? Words::tr("Took %1 from %2").arg(size(receipt.applied), customer)
               : Words::tr("Added %1 to %2").arg(size(receipt.applied), customer);
}

} // namespace tallystick::words
