// SPDX-License-Identifier: GPL-3.0-or-later
//! Columns of numbers that are never cut: an elided amount is a wrong one.
#pragma once

class QTableView;

namespace tallystick {

/// Keeps \a column as wide as the widest text it holds, and never narrower than \a narrowest.
/// The table has its model already.
void keepWhole(QTableView& table, int column, int narrowest);

} // namespace tallystick
