using CsCheck;
using DicomRn.Node.State;

namespace DicomRn.Node.Tests.State;

public class StudyStateMachineTests
{
    private static readonly Gen<StudyState> AnyState = Gen.Enum<StudyState>();

    [Fact]
    public void No_walk_of_allowed_moves_ever_gets_stuck_or_leaves_the_machine() =>
        Gen.Int[0, 1000].Array[1, 60].Sample(choices =>
        {
            StudyState state = StudyState.Assembling;
            foreach (int choice in choices)
            {
                StudyState[] next = [.. StudyStateMachine.Following(state).Order()];
                Assert.NotEmpty(next);
                StudyState to = next[choice % next.Length];
                StudyStateMachine.Demand(state, to);
                state = to;
            }
        });

    [Fact]
    public void Every_move_is_either_allowed_or_refused_with_both_states_named() =>
        Gen.Select(AnyState, AnyState).Sample((from, to) =>
        {
            if (StudyStateMachine.Allows(from, to))
            {
                StudyStateMachine.Demand(from, to);
                return;
            }

            InvalidOperationException refused = Assert.Throws<InvalidOperationException>(() => StudyStateMachine.Demand(from, to));
            Assert.Contains(from.ToString(), refused.Message, StringComparison.Ordinal);
            Assert.Contains(to.ToString(), refused.Message, StringComparison.Ordinal);
        });

    [Fact]
    public void Every_state_can_still_reach_an_end() =>
        AnyState.Sample(start =>
        {
            HashSet<StudyState> seen = [start];
            Queue<StudyState> open = new(seen);
            while (open.TryDequeue(out StudyState state))
                foreach (StudyState next in StudyStateMachine.Following(state))
                    if (seen.Add(next))
                        open.Enqueue(next);
            Assert.Contains(seen, StudyStateMachine.IsEnd);
        });

    [Fact]
    public void A_late_instance_can_re_open_a_study_from_everywhere_else() =>
        Assert.All(
            Enum.GetValues<StudyState>().Where(state => state != StudyState.Assembling),
            state => Assert.True(StudyStateMachine.Allows(state, StudyState.Assembling)));

    [Fact]
    public void A_study_is_never_delivered_without_having_been_processed() =>
        Assert.All(
            new[] { StudyState.Assembling, StudyState.Ready },
            state => Assert.False(StudyStateMachine.Allows(state, StudyState.Delivered)));
}
