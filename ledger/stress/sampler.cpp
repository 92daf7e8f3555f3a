// SPDX-License-Identifier: GPL-3.0-or-later
//! Samples sessions and lock waits over a session of its own.
#include "ledger/stress/sampler.h"

#include <thread>

namespace tallystick {

namespace {

using namespace std::chrono_literals;
constexpr std::chrono::microseconds afterTrouble = 100ms;

} // namespace

void sampleUntilTold(const SamplerTask& task)
{
    std::unique_ptr<Bench> bench;
    while (task.isSampling) {
        std::chrono::microseconds pause = task.interval;
        if (!bench)
            if (auto opened = task.openBench())
                bench = *std::move(opened);
        if (bench) {
            if (const auto sample = bench->sample(task.sessionPrefix))
                task.recorder.add(*sample);
            else if (sample.failure() && sample.failure()->needsNewSession())
                bench.reset();
        }
        if (!bench)
            pause = afterTrouble;
        std::this_thread::sleep_for(pause);
    }
}

} // namespace tallystick
