// SPDX-License-Identifier: GPL-3.0-or-later
//! The engine's door: one call, one run.
#include "ledger/stress/engine.h"

#include "ledger/stress/run.h"

namespace tallystick {

struct Monitor::State
{
    Recorder recorder;
};

Monitor::Monitor()
    : m_state(std::make_unique<State>())
{
}

Monitor::~Monitor() = default;

LiveSnapshot Monitor::snapshot() const
{
    return m_state->recorder.snapshot();
}

Engine::Engine(TargetOpener openTarget, BenchOpener openBench)
    : m_openTarget(std::move(openTarget))
    , m_openBench(std::move(openBench))
{
}

Result<Report> Engine::run(const Scenario& scenario, const EngineOptions& options, Monitor& monitor,
                           std::stop_token stop)
{
    return Run(scenario, options, m_openTarget, m_openBench, monitor.m_state->recorder,
               std::move(stop))
        .execute();
}

} // namespace tallystick
