// SPDX-License-Identifier: GPL-3.0-or-later
//! A bench over the ledger in memory, and what tests make happen to a run.
#pragma once
#include "ledger/core/bench.h"
#include "tests/support/fakeledger.h"

#include <atomic>

namespace tallystick {

/// What one run's fake sessions share. Thread-safe; must outlive the run.
struct FakeLab
{
    FakeStore store;
    std::atomic<bool> isLab = true;
    std::atomic<int> maxConnections = 200;
    std::atomic<bool> isSnapshotBroken = false;
    std::atomic<bool> isServerMistaken = false; ///< its own pass finds everybody broken
    std::atomic<int> usersMade = 0, usersRemoved = 0, quiesced = 0;

    [[nodiscard]] TargetOpener targets();
    [[nodiscard]] BenchOpener benches();
};

} // namespace tallystick
