// SPDX-License-Identifier: GPL-3.0-or-later
//! Compares the time of rows with their proved order.
#pragma once
#include "ledger/audit/finding.h"
#include "ledger/core/chain.h"

#include <vector>

namespace tallystick {

/// Longer than any lock wait the ledger allows: a step back beyond it is a fault of a clock or a
/// time zone, not of waiting.
inline constexpr qint64 longestLockWaitMicros = 5LL * 60 * 1'000'000;

/// CLOCK for each step back beyond longestLockWaitMicros (count: whole minutes), and one OUT OF
/// CLOCK ORDER for all the smaller ones. \a ordered: the active rows by sequence.
[[nodiscard]] QList<Finding> clockFindings(const Chain& chain,
                                           const std::vector<const ChainRow*>& ordered);

} // namespace tallystick
