// SPDX-License-Identifier: GPL-3.0-or-later
//! Finds the programs of a PostgreSQL server.
#pragma once
#include <QtCore/QList>
#include <QtCore/QString>

namespace tallystick {

inline constexpr int oldestServerMajor = 14;

struct Binaries
{
    QString directory;
    int major = 0; ///< 15 of "15.18"
    [[nodiscard]] QString program(const QString& name) const;
};

/// Every installation of version 14 or newer, newest first. The environment variable
/// TALLYSTICK_PG_BINDIR names the only directory to look in; else pg_config, the distributions'
/// usual places and PATH are asked.
[[nodiscard]] QList<Binaries> findBinaries();

} // namespace tallystick
