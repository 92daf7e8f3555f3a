// SPDX-License-Identifier: GPL-3.0-or-later
//! A run's course over time as a table for spreadsheets and plotters.
#pragma once
#include "ledger/stress/report.h"

namespace tallystick {

/// A row for each point of the series, oldest first (RFC 4180, with a header that names units).
/// Percentiles of a point without values are empty; sessions were sampled.
[[nodiscard]] QByteArray seriesCsv(const Report& report);

} // namespace tallystick
