// SPDX-License-Identifier: GPL-3.0-or-later
//! The engine and its monitor behind the page's own view of a run.
#include "ui/stress/attack.h"

namespace tallystick {

namespace {

class EngineAttack final : public Attack
{
public:
    EngineAttack(TargetOpener target, BenchOpener bench)
        : m_engine(std::move(target), std::move(bench))
    {
    }
    Result<Report> run(const Scenario& scenario, std::stop_token stop) override
    {
        return m_engine.run(scenario, {.standsBack = true}, m_monitor, std::move(stop));
    }
    LiveSnapshot snapshot() const override { return m_monitor.snapshot(); }

private:
    Engine m_engine;
    Monitor m_monitor;
};

} // namespace

AttackMaker engineAttacks(const Services& services)
{
    if (!services.target || !services.bench)
        return {};
    return [target = services.target, bench = services.bench] {
        return std::make_unique<EngineAttack>(target, bench);
    };
}

} // namespace tallystick
