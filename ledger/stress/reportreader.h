// SPDX-License-Identifier: GPL-3.0-or-later
//! Reads a report back from its JSON.
#pragma once
#include "ledger/stress/report.h"

namespace tallystick {

/// The inverse of toJson(const Report&), but for what a file does not keep: chains, the intervals'
/// histograms and the tracks of balances. Members it does not know are passed over, those of later
/// versions among them. A file with several runs (a suite's) is an error at "runs".
[[nodiscard]] std::variant<Report, ScenarioError> parseReport(const QByteArray& json);

} // namespace tallystick
