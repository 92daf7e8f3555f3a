// SPDX-License-Identifier: GPL-3.0-or-later
//! Makes a database cluster and writes its settings.
#pragma once
#include "ledger/lab/account.h"
#include "ledger/lab/binaries.h"
#include "ledger/lab/lab.h"

namespace tallystick {

inline const QString labRole = QStringLiteral("tallystick");
inline const QString labDatabase = QStringLiteral("lab");

/// What is wrong with the cluster at \a dataDirectory, as far as a look at its files shows; nothing
/// when it looks sound.
[[nodiscard]] std::optional<QString> damageOf(const QString& dataDirectory);

/// The major version that made the cluster, e.g. 15; 0 when it does not say.
[[nodiscard]] int clusterMajor(const QString& dataDirectory);

/// initdb and the lab's database, made beside \a dataDirectory and renamed last: it is whole or
/// not there at all.
[[nodiscard]] Outcome makeCluster(const QString& dataDirectory, const Binaries& binaries,
                                  const Account& account, const LabSettings& settings);

/// Writes the lab's own settings file; read at the next start.
[[nodiscard]] Outcome writeSettings(const QString& dataDirectory, const QString& socketDirectory,
                                    const LabSettings& settings);

} // namespace tallystick
