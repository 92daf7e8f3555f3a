// SPDX-License-Identifier: GPL-3.0-or-later
//! Funds, ceiling and range, in this order.
#include "ledger/core/decide.h"

#include <algorithm>

namespace tallystick {

namespace {

/// Beyond ±2^33 every amount and ceiling decides alike on a 32-bit balance; narrowed to it, no
/// sum below can overflow. ledger/postgres' SQL function does the same.
constexpr qint64 decisive = qint64(1) << 33;

qint64 narrowed(Credits credits)
{
    return std::clamp(credits.value(), -decisive, decisive);
}

} // namespace

std::variant<Movement, RefusalWithFacts> decide(Credits balance, const Posting& posting)
{
    Q_ASSERT(balance.fitsStorage());
    const qint64 before = balance.value();
    const qint64 amount = narrowed(posting.amount);
    if (!posting.active) {
        const qint64 stored =
            std::clamp(amount, Credits::storedMin().value(), Credits::storedMax().value());
        return Movement{.applied = Credits::of(stored),
                        .balance = balance,
                        .clamp = stored == posting.amount.value() ? Clamp::None : Clamp::Range};
    }

    const RefusalWithFacts facts{.subject = posting.user.text(),
                                 .balance = balance,
                                 .requested = posting.amount,
                                 .ceiling = posting.ceiling};
    if (amount < 0 && !posting.mayOverdraw && before + amount < 0) {
        RefusalWithFacts refusal = facts;
        refusal.refusal = Refusal::CreditsInsufficient;
        return refusal;
    }
    qint64 applied = amount;
    Clamp clamp = Clamp::None;
    if (amount > 0 && posting.ceiling) {
        const qint64 ceiling = narrowed(*posting.ceiling);
        if (before >= ceiling) {
            RefusalWithFacts refusal = facts;
            refusal.refusal = Refusal::CeilingReached;
            return refusal;
        }
        if (amount > ceiling - before) {
            applied = ceiling - before;
            clamp = Clamp::Ceiling;
        }
    }
    // Neither the balance nor the row's own amount may leave the stored range.
    const qint64 least = Credits::storedMin().value();
    const qint64 most = Credits::storedMax().value();
    const qint64 inRange =
        std::clamp(std::clamp(before + applied, least, most) - before, least, most);
    if (inRange != applied) {
        applied = inRange;
        clamp = Clamp::Range;
    }
    return Movement{
        .applied = Credits::of(applied), .balance = Credits::of(before + applied), .clamp = clamp};
}

} // namespace tallystick
