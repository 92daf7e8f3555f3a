// SPDX-License-Identifier: GPL-3.0-or-later
//! A stress run as one self-contained HTML file.
#pragma once
#include "ledger/stress/report.h"

#include <QtCore/QByteArray>

namespace tallystick {

/// UTF-8, well-formed as XML too; no script, nothing fetched from elsewhere; every text of the run
/// is escaped. Pure; any thread.
[[nodiscard]] QByteArray htmlReport(const Report& report);
/// An overview table linking to one section a run.
[[nodiscard]] QByteArray htmlReport(const QList<Report>& reports);

} // namespace tallystick
