// SPDX-License-Identifier: GPL-3.0-or-later
//! Who uses the lab: the last to leave stops its server, unless it was asked to stay.
#pragma once
#include "ledger/lab/lab.h"

namespace tallystick {

/// A share in the lab among the processes of one machine, held as a shared lock on a file beside
/// the lab's directory; so a crashed user counts no more. Calls may come from any one thread at a
/// time.
class LabUse final
{
public:
    explicit LabUse(const QString& directory);
    ~LabUse(); ///< leave()
    LabUse(const LabUse&) = delete;
    LabUse& operator=(const LabUse&) = delete;

    /// Takes a share and makes the server run.
    [[nodiscard]] Result<Connection> enter(const Lab::Progress& progress = {},
                                           const std::stop_token& stop = {});
    /// Gives the share back; stops the server when it was the last and nobody asked to keep it.
    void leave();
    /// From now on the server stays when everybody has left.
    [[nodiscard]] Outcome keep();
    /// Whether another program has a share now. Asked without a share of one's own.
    [[nodiscard]] bool isUsedByOthers() const;
    /// The processes that have a share, as far as the system tells (Linux).
    [[nodiscard]] QList<qint64> users() const;
    /// Stops the server whoever uses it; it is not kept any longer.
    [[nodiscard]] Outcome stop();
    [[nodiscard]] bool isKept() const;
    [[nodiscard]] Lab& lab() { return m_lab; }
    [[nodiscard]] const Lab& lab() const { return m_lab; }

private:
    [[nodiscard]] QString keptPath() const;
    [[nodiscard]] QByteArray lockPath() const;

    Lab m_lab;
    int m_file = -1; ///< of the lock file; -1: no share
};

} // namespace tallystick
