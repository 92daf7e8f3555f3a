// SPDX-License-Identifier: GPL-3.0-or-later
//! One page of rows and where the next one starts.
#pragma once
#include <QtCore/QList>

#include <optional>

namespace tallystick {

/// Keyset paging: \a next holds the place of the last row, never a count of rows to skip.
template <class Row, class Cursor>
struct Page
{
    QList<Row> rows;
    std::optional<Cursor> next; ///< none: this was the last page
};

} // namespace tallystick
