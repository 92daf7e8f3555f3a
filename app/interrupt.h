// SPDX-License-Identifier: GPL-3.0-or-later
//! Turns Ctrl+C, hang-up and termination into a request to stop.
#pragma once
#include <csignal>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>

namespace tallystick {

/// Made once, before the threads that shall be left alone by the signals. The first signal asks to
/// stop; the second ends the process with 128 + the signal's number, after what has to be left in
/// order.
class Interrupt final
{
public:
    /// \a onStop runs on a thread of this object's own, at the first signal.
    explicit Interrupt(std::function<void()> onStop = {});
    ~Interrupt();
    Interrupt(const Interrupt&) = delete;
    Interrupt& operator=(const Interrupt&) = delete;

    [[nodiscard]] std::stop_token token() const { return m_stop.get_token(); }
    /// \a last runs before a second signal ends the process, on the thread of this object.
    void leaveBy(std::function<void()> last);

private:
    void listen(std::stop_token end);
    void leave();

    sigset_t m_signals{};
    sigset_t m_before{};
    std::stop_source m_stop;
    std::function<void()> m_onStop;
    std::mutex m_mutex;
    std::function<void()> m_last;
    std::jthread m_listener;
};

} // namespace tallystick
