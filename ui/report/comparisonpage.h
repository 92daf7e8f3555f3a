// SPDX-License-Identifier: GPL-3.0-or-later
//! Two runs side by side, in words and as one HTML page.
#pragma once
#include "ledger/stress/comparison.h"

namespace tallystick {

/// "throughput.ok" → "Good answers a second", "response.p99" → "Response p99", …
[[nodiscard]] QString comparedName(const ComparedNumber& number);
/// One of its values with its unit.
[[nodiscard]] QString comparedValue(const ComparedNumber& number, double value);
/// "+12.3 %", "−4.0 %", "±0.0 %", "–" where there is nothing to compare with.
[[nodiscard]] QString comparedChange(const ComparedNumber& number);
/// What a difference is about, in a word or two.
[[nodiscard]] QString differenceName(const Difference& difference);
/// That one run each proves no difference.
[[nodiscard]] QString comparisonCaveat();

/// Self-contained, prints well: both verdicts, what differed, the numbers, and the runs' throughput
/// and response times over each other on one time axis.
[[nodiscard]] QByteArray comparisonPage(const Report& a, const Report& b);

} // namespace tallystick
