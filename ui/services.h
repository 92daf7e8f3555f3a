// SPDX-License-Identifier: GPL-3.0-or-later
//! What the window is given to work with; app/ joins it.
#pragma once
#include "ledger/core/bench.h"
#include "ledger/core/ledger.h"

#include <functional>

namespace tallystick {

/// How careful one has to be with a place. Unknown hosts count as Production.
enum class EnvironmentClass { Lab, Development, Staging, Production };

/// Openers are called on the thread that will use the session.
struct Services
{
    LedgerOpener reader; ///< sessions for reading
    /// Sessions for writing; empty where the place may not be written.
    std::function<Result<std::unique_ptr<Ledger>>(Way)> writer;
    TargetOpener target;  ///< sessions of a stress run's workers; empty where there is no lab
    BenchOpener bench;    ///< empty where there is no lab
    QString placeName;    ///< "lab", or the profile's name
    QString operatorName; ///< who works here; goes into the metadata of what is posted
    EnvironmentClass environment = EnvironmentClass::Production;
};

} // namespace tallystick
