// SPDX-License-Identifier: GPL-3.0-or-later
//! The desks of one window: what is long never keeps waiting what is short.
#pragma once
#include "ledger/async/desk.h"
#include "ui/services.h"

namespace tallystick {

/// Each opens its session when it is first asked.
struct Desks
{
    /// \a health is told by all of them, each on its own thread.
    explicit Desks(const Services& services, const Desk::Health& health = {})
        : browse(services.reader, health)
        , page(services.reader, health)
        , proof(services.reader, health)
        , post(
              [writer = services.writer, way = wayFor(services)] {
                  if (!writer)
                      return Result<std::unique_ptr<Ledger>>(
                          Failure{.kind = Failure::Kind::ReadOnly});
                  return writer(way);
              },
              health)
        , mayPost(bool(services.writer))
    {
    }

    Desk browse; ///< the customers' list, and the server's facts
    Desk page;   ///< what a customer's page shows
    Desk proof;  ///< verification, which reads whole histories
    Desk post;   ///< previews and postings
    bool mayPost;

private:
    /// The server function exists only where our own schema was laid.
    [[nodiscard]] static Way wayFor(const Services& services)
    {
        return services.environment == EnvironmentClass::Lab ? Way::Function : Way::RowLock;
    }
};

} // namespace tallystick
