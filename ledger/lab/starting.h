// SPDX-License-Identifier: GPL-3.0-or-later
//! Brings a server up on a cluster that is there, and down again.
#pragma once
#include "ledger/lab/account.h"
#include "ledger/lab/binaries.h"
#include "ledger/lab/postmaster.h"

namespace tallystick {

/// Where one lab's server has its things.
struct ServerPlace
{
    QString dataDirectory;
    QString socketDirectory;
    QString logFile;
};

/// Starts the server and waits until it accepts connections. Where processes of a killed server
/// still hold its memory it waits for them, then ends them. The caller holds the lab's lock and
/// knows that no server runs.
[[nodiscard]] Outcome startServer(const ServerPlace& place, const Binaries& binaries,
                                  const Account& account);

/// Waits until a server found running accepts connections (it may be in the middle of recovery).
[[nodiscard]] Outcome awaitReady(const QString& dataDirectory);

/// "Fast", and after a while "immediate"; done when none runs.
[[nodiscard]] Outcome stopServer(const QString& dataDirectory);

} // namespace tallystick
