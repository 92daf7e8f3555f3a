// SPDX-License-Identifier: GPL-3.0-or-later
//! The private PostgreSQL server of this program.
#pragma once
#include "ledger/core/connection.h"
#include "ledger/core/result.h"

#include <QtCore/QString>

#include <functional>
#include <optional>
#include <stop_token>

namespace tallystick {

/// Where a lab lives and how careful its server is.
struct LabSettings
{
    QString directory;   ///< absolute; see defaultLabDirectory()
    bool durable = true; ///< false only for throw-away test servers: fsync off
    int maxConnections = 300;
};

/// The XDG data directory's "lab"; as root, where the server's account may not pass through it,
/// /var/lib/tallystick/lab.
[[nodiscard]] QString defaultLabDirectory();

struct LabStatus
{
    enum class State { Absent, Stopped, Running, Damaged };
    State state = State::Absent;
    qint64 serverPid = 0;  ///< when running
    QString serverVersion; ///< of the data directory, e.g. "15"
    QString explanation;   ///< when damaged: the system's own words
};

/// Makes, starts and stops a private cluster: unix socket only, in a directory of mode 0700, no
/// TCP, UTC. As root the server runs as the "postgres" account. Calls block (first start: a few
/// seconds) and may be made from any one thread at a time; two processes exclude each other by a
/// lock file in the directory. Errors are Failures of kind ServerMissing (no PostgreSQL >= 14
/// found), LabDamaged (the directory cannot be used; reset() is the way out), ServerFull (disk),
/// FileTrouble (directory not writable, socket path too long), Unreachable (did not come up).
class Lab final
{
public:
    using Progress =
        std::function<void(const QString& step)>; ///< a word for logs: "initdb", "start"

    explicit Lab(LabSettings settings);

    /// Makes the cluster where there is none, adopts a running server, removes a stale pid file,
    /// starts the server, makes the database. Answers how to connect (the schema is laid by
    /// ledger/postgres afterwards). Cancelled when \a stop is requested before the server was
    /// started.
    [[nodiscard]] Result<Connection> start(const Progress& progress = {},
                                           const std::stop_token& stop = {});
    /// Ends the server by its own pid file, "fast"; done when it was not running.
    [[nodiscard]] Outcome stop();
    [[nodiscard]] LabStatus status() const;
    /// Moves the directory aside (its new name is answered; nothing is deleted) after stopping the
    /// server if one runs.
    [[nodiscard]] Result<QString> reset();
    /// How to connect when it runs.
    [[nodiscard]] Connection connection() const;
    [[nodiscard]] const LabSettings& settings() const { return m_settings; }

private:
    LabSettings m_settings;
};

} // namespace tallystick
