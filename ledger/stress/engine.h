// SPDX-License-Identifier: GPL-3.0-or-later
//! Runs a scenario: makes its users, lets the workers loose, quiesces, checks, cleans up.
#pragma once
#include "ledger/stress/report.h"

#include <memory>
#include <stop_token>

namespace tallystick {

/// The live side of a run: written by the engine's threads, read by any thread at any time.
class Monitor final
{
public:
    Monitor();
    ~Monitor();
    Monitor(const Monitor&) = delete;
    Monitor& operator=(const Monitor&) = delete;
    /// A few hundred microseconds; meant for a timer of 4–10 Hz on the GUI thread.
    [[nodiscard]] LiveSnapshot snapshot() const;

private:
    friend class Engine;
    struct State;
    std::unique_ptr<State> m_state;
};

struct EngineOptions
{
    bool keepUsers = false;
    bool standsBack = false; ///< its sessions yield the processor to a window that shows the run
};

/// Blocks until the verdict; call it off the GUI thread. Stopping ends the workers within a second
/// and still gives a verdict. Fails, with nothing run, where the marker is missing or the server
/// cannot take the clients.
class Engine final
{
public:
    Engine(TargetOpener openTarget, BenchOpener openBench);
    [[nodiscard]] Result<Report> run(const Scenario& scenario, const EngineOptions& options,
                                     Monitor& monitor, std::stop_token stop);

private:
    TargetOpener m_openTarget;
    BenchOpener m_openBench;
};

} // namespace tallystick
