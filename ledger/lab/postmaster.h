// SPDX-License-Identifier: GPL-3.0-or-later
//! The server process of a data directory, as its pid file names it and as it is really found.
#pragma once
#include <QtCore/QList>
#include <QtCore/QString>

#include <optional>

namespace tallystick {

struct Postmaster
{
    qint64 pid = 0;
    QString socketDirectory;
    bool isReady = false; ///< accepts connections
};

/// The server that runs on \a dataDirectory now. A pid file whose number belongs to another
/// process by now, or to a dead one, counts for nothing.
[[nodiscard]] std::optional<Postmaster> runningPostmaster(const QString& dataDirectory);

/// Server processes that outlived the postmaster of \a dataDirectory, as far as the system lets
/// this process see them (Linux).
[[nodiscard]] QList<qint64> leftoverProcesses(const QString& dataDirectory);

/// How a postmaster is told to end (PostgreSQL manual, "Shutting Down the Server").
enum class Ending { Fast, Immediate, Kill };
/// False when the process is gone or this process may not signal it.
bool tellToEnd(qint64 pid, Ending ending);

/// Removes the pid file and socket files nobody stands behind. Call it only where
/// runningPostmaster() found none.
void removeStaleFiles(const QString& dataDirectory, const QString& socketDirectory);

} // namespace tallystick
