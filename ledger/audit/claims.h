// SPDX-License-Identifier: GPL-3.0-or-later
//! Rules that speak of several rows at once: rewards paid once, refunds within their payment.
#pragma once
#include "ledger/audit/finding.h"
#include "ledger/core/chain.h"

#include <vector>

namespace tallystick {

/// \a ordered: the active rows, in the order they count. What was reversed counts no more.
/// @{
/// A conjecture, for keys alone do not say what was meant: a step is taken for paid twice where
/// the plain step stands and another key differs from it only by a trailing "-<number>" or "~…"
/// and pays the same amount. Two steps that are really called so look the same; whoever knows the
/// steps must not rely on it.
[[nodiscard]] QList<Finding> duplicateRewards(const Chain& chain,
                                              const std::vector<const ChainRow*>& ordered);
[[nodiscard]] QList<Finding> excessiveRefunds(const Chain& chain,
                                              const std::vector<const ChainRow*>& ordered);
/// @}

} // namespace tallystick
