// SPDX-License-Identifier: GPL-3.0-or-later
//! Chains of users out of a result that holds a user's rows together.
#pragma once
#include "ledger/core/chain.h"
#include "ledger/core/result.h"
#include "ledger/postgres/session.h"

#include <functional>

namespace tallystick::postgres {

/// Runs one of the audit statements and gives each user's chain to \a sink as soon as it is whole;
/// cancels the statement when \a sink answers false. A stream that breaks in the middle is a
/// failure: half a chain must never be judged.
[[nodiscard]] Outcome streamChains(Session& session, const char* statement,
                                   const Bindings& bindings,
                                   const std::function<bool(Chain&&)>& sink);

} // namespace tallystick::postgres
