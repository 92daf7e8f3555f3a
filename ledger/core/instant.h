// SPDX-License-Identifier: GPL-3.0-or-later
//! A moment: microseconds since 1970-01-01 00:00 UTC, as the ledger stores it.
#pragma once
#include <QtCore/QDateTime>

#include <compare>

namespace tallystick {

/// Crosses the database driver as a number, so that no time zone can touch it on the way.
struct Instant
{
    qint64 micros = 0;
    [[nodiscard]] static Instant now()
    {
        return Instant{QDateTime::currentMSecsSinceEpoch() * 1000};
    }
    [[nodiscard]] QDateTime utc() const
    {
        // Rounded down, before 1970 too, so that the second is the one the moment lies in.
        const qint64 inMilli = ((micros % 1000) + 1000) % 1000;
        return QDateTime::fromMSecsSinceEpoch((micros - inMilli) / 1000, Qt::UTC);
    }
    friend constexpr auto operator<=>(Instant, Instant) = default;
};

} // namespace tallystick
