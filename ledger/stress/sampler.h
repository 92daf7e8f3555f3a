// SPDX-License-Identifier: GPL-3.0-or-later
//! Looks at the run's sessions on the server while it is on.
#pragma once
#include "ledger/stress/recorder.h"

namespace tallystick {

struct SamplerTask
{
    const BenchOpener& openBench;
    QString sessionPrefix;
    Recorder& recorder;
    std::chrono::microseconds interval;
    std::atomic<bool>& isSampling; ///< ends when false
};

/// Blocks until told to end. A sample that fails is left out: it is evidence, not a verdict.
void sampleUntilTold(const SamplerTask& task);

} // namespace tallystick
