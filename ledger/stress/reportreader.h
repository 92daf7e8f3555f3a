// SPDX-License-Identifier: GPL-3.0-or-later
//! Reads a report back from its JSON.
#pragma once
#include "ledger/stress/report.h"

namespace tallystick {

/// No report is larger: an hour's run writes about a megabyte.
inline constexpr qint64 largestReportBytes = 64 * 1024 * 1024;

/// Whether \a json calls itself a report, whole or not; other documents may be scenarios.
[[nodiscard]] bool isReport(const QByteArray& json);
/// The inverse of toJson(const Report&), but for what a file does not keep: chains and the
/// intervals' histograms. Members it does not know are passed over, those of later
/// versions among them. A file with several runs (a suite's) is an error at "runs".
[[nodiscard]] std::variant<Report, ScenarioError> parseReport(const QByteArray& json);

} // namespace tallystick
