// SPDX-License-Identifier: GPL-3.0-or-later
//! Waits for signals on a thread, so that nothing runs inside a signal handler.
#include "app/interrupt.h"

#include <ctime>
#include <unistd.h>

namespace tallystick {

Interrupt::Interrupt(std::function<void()> onStop)
    : m_onStop(std::move(onStop))
{
    sigemptyset(&m_signals);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP})
        sigaddset(&m_signals, signal);
    // Threads inherit the mask: from here on only the listener takes these signals.
    pthread_sigmask(SIG_BLOCK, &m_signals, &m_before);
    m_listener = std::jthread([this](std::stop_token end) { listen(end); });
}

Interrupt::~Interrupt()
{
    m_listener.request_stop();
    m_listener.join();
    pthread_sigmask(SIG_SETMASK, &m_before, nullptr);
}

void Interrupt::leaveBy(std::function<void()> last)
{
    const std::lock_guard guard(m_mutex);
    m_last = std::move(last);
}

void Interrupt::leave()
{
    std::function<void()> last;
    {
        const std::lock_guard guard(m_mutex);
        last = m_last;
    }
    if (last)
        last();
}

void Interrupt::listen(std::stop_token end)
{
    constexpr timespec pause{.tv_sec = 0, .tv_nsec = 50'000'000};
    while (!end.stop_requested()) {
        const int signal = sigtimedwait(&m_signals, nullptr, &pause);
        if (signal <= 0)
            continue;
        if (m_stop.stop_requested()) {
            leave();
            _exit(128 + signal);
        }
        m_stop.request_stop();
        if (m_onStop)
            m_onStop();
    }
}

} // namespace tallystick
