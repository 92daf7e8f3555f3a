// SPDX-License-Identifier: GPL-3.0-or-later
//! Words for refusals.
#include "ui/shared/format.h"
#include "ui/shared/words.h"

#include <QtCore/QCoreApplication>

namespace tallystick::words {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(RefusalWords)
};

/// What the posting would have cost, without the sign a person would read as income.
Credits costOf(const RefusalWithFacts& refusal)
{
    return refusal.requested.isNegative() ? refusal.requested.negated().value_or(refusal.requested)
                                          : refusal.requested;
}

} // namespace

QString sentence(const RefusalWithFacts& refusal)
{
    using format::money;
    switch (refusal.refusal) {
    case Refusal::UserUnknown:
        return Words::tr("User %1 not found").arg(refusal.subject);
    case Refusal::CreditsInsufficient:
        return Words::tr("Insufficient balance of %1, where this will cost %2")
            .arg(money(refusal.balance), money(costOf(refusal)));
    case Refusal::CeilingReached:
        return Words::tr("You already have enough balance of %1, top-up is not required when you "
                         "already have at least %2")
            .arg(money(refusal.balance), money(refusal.ceiling.value_or(refusal.balance)));
    case Refusal::KeyReused:
        return Words::tr("The key %1 already stands for a different posting; nothing was written")
            .arg(refusal.subject);
    case Refusal::AlreadyClaimed:
        return Words::tr("This reward was already claimed (%1)").arg(refusal.subject);
    case Refusal::AlreadyActive:
        return Words::tr("Transaction %1 is already active").arg(refusal.subject);
    case Refusal::AlreadyReversed:
        return Words::tr("Transaction %1 was already reversed").arg(refusal.subject);
    case Refusal::RefundExceedsPayment:
        return Words::tr("A refund of %1 would exceed the payment; %2 of it can still be refunded")
            .arg(money(costOf(refusal)), money(refusal.ceiling.value_or(Credits())));
    case Refusal::TransactionUnknown:
        return Words::tr("Transaction %1 not found").arg(refusal.subject);
    case Refusal::NotReversible:
        return Words::tr("Transaction %1 cannot be reversed: it is pending, zero, itself a "
                         "reversal, or was refunded in part")
            .arg(refusal.subject);
    case Refusal::AmountInvalid:
        return Words::tr("An amount of %1 makes no sense here").arg(money(refusal.requested));
    case Refusal::IdInvalid:
        return refusal.subject.isEmpty()
                   ? Words::tr("An id or key is empty")
                   : Words::tr("The id or key %1 is too long or holds control characters")
                         .arg(format::elided(refusal.subject, 60));
    case Refusal::MetadataInvalid:
        return Words::tr("The metadata is not a JSON object or is larger than 1 MiB");
    case Refusal::UserExists:
        return Words::tr("A user %1, or one with this e-mail, already exists").arg(refusal.subject);
    case Refusal::NotARefundablePayment:
        return Words::tr("Transaction %1 is not an active top-up that could be refunded")
            .arg(refusal.subject);
    case Refusal::RefusedByStatement:
        return Words::tr("A step of your own SQL returned or changed no row, which refuses %1")
            .arg(refusal.subject);
    }
    Q_UNREACHABLE();
}

QString word(Refusal refusal)
{
    switch (refusal) {
    case Refusal::UserUnknown:
        return Words::tr("User unknown");
    case Refusal::CreditsInsufficient:
        return Words::tr("Insufficient balance");
    case Refusal::CeilingReached:
        return Words::tr("Ceiling reached");
    case Refusal::KeyReused:
        return Words::tr("Key reused");
    case Refusal::AlreadyClaimed:
        return Words::tr("Already claimed");
    case Refusal::AlreadyActive:
        return Words::tr("Already active");
    case Refusal::AlreadyReversed:
        return Words::tr("Already reversed");
    case Refusal::RefundExceedsPayment:
        return Words::tr("Refund exceeds payment");
    case Refusal::TransactionUnknown:
        return Words::tr("Transaction unknown");
    case Refusal::NotReversible:
        return Words::tr("Not reversible");
    case Refusal::AmountInvalid:
        return Words::tr("Amount invalid");
    case Refusal::IdInvalid:
        return Words::tr("Id invalid");
    case Refusal::MetadataInvalid:
        return Words::tr("Metadata invalid");
    case Refusal::UserExists:
        return Words::tr("User exists");
    case Refusal::NotARefundablePayment:
        return Words::tr("Not a refundable payment");
    case Refusal::RefusedByStatement:
        return Words::tr("Refused by statement");
    }
    Q_UNREACHABLE();
}

} // namespace tallystick::words
