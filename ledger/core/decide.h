// SPDX-License-Identifier: GPL-3.0-or-later
//! The rules of a posting as a pure function: what a locked balance answers.
#pragma once
#include "ledger/core/posting.h"

#include <variant>

namespace tallystick {

/// What a posting does to a balance it was decided on.
struct Movement
{
    Credits applied;
    Credits balance; ///< afterwards
    Clamp clamp = Clamp::None;
};

/// Decides \a posting on \a balance (read under the row lock). Keys and refunds are looked at by
/// the caller; a pending posting moves nothing and checks nothing.
[[nodiscard]] std::variant<Movement, RefusalWithFacts> decide(Credits balance,
                                                              const Posting& posting);

} // namespace tallystick
