// SPDX-License-Identifier: GPL-3.0-or-later
//! One run as the stress page sees it: something that blocks until its verdict and can be watched.
#pragma once
#include "ledger/stress/engine.h"
#include "ui/services.h"

namespace tallystick {

class Attack
{
public:
    Attack() = default;
    Attack(const Attack&) = delete;
    Attack& operator=(const Attack&) = delete;
    virtual ~Attack() = default;

    /// Blocks; called once, on a thread of its own.
    [[nodiscard]] virtual Result<Report> run(const Scenario& scenario, std::stop_token stop) = 0;
    /// Any thread, any time.
    [[nodiscard]] virtual LiveSnapshot snapshot() const = 0;
};

using AttackMaker = std::function<std::unique_ptr<Attack>()>;

/// Attacks by the engine on what \a services open; empty where they open no lab.
[[nodiscard]] AttackMaker engineAttacks(const Services& services);

} // namespace tallystick
