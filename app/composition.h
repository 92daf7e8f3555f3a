// SPDX-License-Identifier: GPL-3.0-or-later
//! Joins the parts: the database the verbs and the window work with, and its openers.
#pragma once
#include "app/interrupt.h"
#include "app/labuse.h"
#include "app/options.h"
#include "ledger/core/bench.h"
#include "ledger/core/connection.h"
#include "ledger/core/loader.h"
#include "ledger/lab/lab.h"
#include "ui/services.h"

#include <memory>
#include <mutex>

namespace tallystick {

/// Which database is meant: what --connection says, else TALLYSTICK_CONNECTION, else the lab.
struct Whereabouts
{
    std::optional<QString> uri; ///< none: the lab
    QString labDirectory;       ///< absolute
};
[[nodiscard]] Whereabouts whereabouts(const Options& options, const QString& environmentConnection);

/// The database in use. The lab is started when needed and, when nobody else uses it and
/// `lab start` did not ask to keep it, stopped with this object, or by a second signal. Openers
/// share it and may be called from any thread; they outlive it harmlessly: once the place was left
/// they answer Cancelled.
class Place final
{
public:
    /// The signals are taken before anything of the lab is touched, so that none of them can leave
    /// its server behind.
    Place(const Whereabouts& where, Interrupt& interrupt);
    ~Place();
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

    /// Makes the database usable: starts the lab and lays its schema. Blocks; any thread. Cancelled
    /// when it was asked to stop meanwhile.
    [[nodiscard]] Outcome prepare(const Lab::Progress& progress = {});
    /// Fills the lab with demo data when it has no customers.
    [[nodiscard]] Outcome seedWhenEmpty(const std::function<void(qint64, qint64)>& progress,
                                        std::stop_token stop);
    /// Replaces what the database holds; only where it carries the lab marker.
    [[nodiscard]] Result<DemoSummary> seed(const DemoPlan& plan,
                                           const std::function<void(qint64, qint64)>& progress,
                                           std::stop_token stop);

    [[nodiscard]] bool isLab() const { return !m_where.uri; }
    /// Requested by the first signal.
    [[nodiscard]] std::stop_token stopToken() const;
    [[nodiscard]] LabUse& labUse();
    [[nodiscard]] Connection connection() const;
    /// Limited: a statement may take half a minute. Unlimited: for passes over a whole ledger.
    enum class Patience { Limited, Unlimited };
    [[nodiscard]] Result<std::unique_ptr<Ledger>>
    openReader(Patience patience = Patience::Limited) const;
    /// Only in a marked database. A lab whose server is gone is started again.
    [[nodiscard]] Result<std::unique_ptr<Ledger>> openWriter() const;
    [[nodiscard]] TargetOpener targetOpener() const;
    [[nodiscard]] BenchOpener benchOpener() const;
    /// For the window; call after prepare(). Blocks for one session.
    [[nodiscard]] Result<Services> services() const;

private:
    struct Shared;
    Whereabouts m_where;
    std::shared_ptr<Shared> m_shared;
};

/// What is missing on this machine before anything can be opened: the driver's package.
[[nodiscard]] std::optional<QString> missingDriver();

} // namespace tallystick
