// SPDX-License-Identifier: GPL-3.0-or-later
//! Goes between open and closed load.
#include "ui/stress/ratesetting.h"

#include <algorithm>
#include <cmath>

namespace tallystick {

int wholeRate(const Scenario& scenario)
{
    return scenario.open ? std::max(1, int(std::lround(scenario.open->ratePerSecond))) : 0;
}

bool mayBeOpen(const Scenario& scenario)
{
    return std::none_of(scenario.mix.begin(), scenario.mix.end(), [](const MixEntry& entry) {
        return entry.afterOthers || entry.delayMillis > 0;
    });
}

void setRate(Scenario& scenario, int rate)
{
    if (scenario.open.has_value() != (rate > 0))
        scenario.profile = {};
    if (rate == 0) {
        scenario.open.reset();
        return;
    }
    OpenLoad open = scenario.open.value_or(OpenLoad());
    open.ratePerSecond = rate;
    scenario.open = open;
    scenario.thinkMillis = 0;
}

} // namespace tallystick
