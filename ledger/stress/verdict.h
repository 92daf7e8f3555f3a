// SPDX-License-Identifier: GPL-3.0-or-later
//! Weighs invariants, answers and thresholds into one verdict.
#pragma once
#include "ledger/stress/judge.h"

namespace tallystick {

/// Fills the report's thresholds, verdict and reasons from its invariants, counts and percentiles,
/// which must be there already, and from what else \a judgement knows. Violated outweighs unknown,
/// unknown a missed threshold. \a alsoUndecided: what else keeps the run from being decided.
void weigh(Report& report, const Judgement& judgement, const QStringList& alsoUndecided = {});

/// What the numbers of a run do not say, from its counts and its self-check. \a backlogAtEnd: due
/// and not sent when the last operation came due.
[[nodiscard]] QStringList warningsOf(const Report& report, qint64 backlogAtEnd);

} // namespace tallystick
