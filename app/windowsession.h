// SPDX-License-Identifier: GPL-3.0-or-later
//! From the start page to the window: prepares the database off the GUI thread.
#pragma once
#include "app/composition.h"
#include "app/options.h"

#include <QtCore/QObject>

#include <memory>
#include <thread>

namespace tallystick {

class MainWindow;
class StartPage;

/// Lives on the GUI thread from before the event loop until after it. Closing the window while the
/// start is under way ends it; the destructor waits for the step that runs.
class WindowSession final
{
public:
    WindowSession(const WindowOptions& options, const Whereabouts& where, Interrupt& interrupt);
    ~WindowSession();
    WindowSession(const WindowSession&) = delete;
    WindowSession& operator=(const WindowSession&) = delete;

private:
    enum class Beginning { AsItIs, LabSetAside };
    void prepare(Beginning beginning);
    void work(Beginning beginning, const std::stop_token& stop);
    [[nodiscard]] Result<Services> ready(Beginning beginning, const std::stop_token& stop);
    void tell(const QString& sentence, std::optional<double> share = {});
    void open(const Services& services);

    WindowOptions m_options;
    Place m_place;
    std::unique_ptr<StartPage> m_startPage;
    std::unique_ptr<MainWindow> m_window;
    QObject m_guiThread;   ///< receives what the worker has to say
    std::jthread m_worker; ///< last: joined before anything it speaks to is gone
};

} // namespace tallystick
