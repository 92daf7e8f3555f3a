// SPDX-License-Identifier: GPL-3.0-or-later
//! A run's response and service times in the log format other histogram tools read.
#pragma once
#include "ledger/stress/report.h"

namespace tallystick {

/// The histogram log of \a report, format version 1.3 with V2 compressed histograms (G. Tene,
/// HdrHistogram: HistogramLogWriter, AbstractHistogram). Values are microseconds from 1 to 67 s
/// with three significant digits. Each stretch of the run is two lines, tagged "response" and
/// "service"; a stretch without values has none. Interval_Max is in milliseconds.
[[nodiscard]] QByteArray hlog(const Report& report);

} // namespace tallystick
