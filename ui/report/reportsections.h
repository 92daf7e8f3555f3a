// SPDX-License-Identifier: GPL-3.0-or-later
//! The parts of an HTML report, each a piece of well-formed markup.
#pragma once
#include "ledger/stress/report.h"
#include "ui/report/runseries.h"

namespace tallystick::sections {

/// The page around \a body: one file that needs no other.
[[nodiscard]] QByteArray page(const QString& title, const QString& body);
/// \a text is plain, \a content markup.
/// @{
[[nodiscard]] QString heading(const QString& text);
[[nodiscard]] QString panel(const QString& content);
/// @}
/// The names of the curves that are drawn, in their colours.
[[nodiscard]] QString legend(const CurveChart& chart);
/// Cells are markup already; \a columns has a letter a column: 'n' for numbers, '.' or ' ' else.
[[nodiscard]] QString row(const QStringList& cells, const char* columns, const char* cssClass = "");
/// \a heads are plain text.
[[nodiscard]] QString table(const QStringList& heads, const char* columns, const QString& rows);
[[nodiscard]] QString verdictChip(Verdict verdict);
/// The scenario's title, or its name when it has none, escaped.
[[nodiscard]] QString titleOf(const Report& report);

/// How long the run lasted: "13.0 ms", "60.02 s".
[[nodiscard]] QString lasted(const Report& report);

/// Everything about one run, from the verdict to how to repeat it.
[[nodiscard]] QString run(const Report& report);

/// \name Parts of run()
/// @{
[[nodiscard]] QString verdict(const Report& report);
[[nodiscard]] QString numbers(const Report& report);
[[nodiscard]] QString examples(const Report& report);
[[nodiscard]] QString invariants(const Report& report);
[[nodiscard]] QString thresholds(const Report& report);
[[nodiscard]] QString outcomes(const Report& report);
[[nodiscard]] QString percentiles(const Report& report);
[[nodiscard]] QString charts(const Report& report);
[[nodiscard]] QString lockWaits(const Report& report);
[[nodiscard]] QString chains(const Report& report);
[[nodiscard]] QString manifest(const Report& report);
/// @}

} // namespace tallystick::sections
