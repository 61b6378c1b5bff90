namespace FaceSwap.Errors;

/// <summary>The edge of a step: turns the product's exception into a value; a defect passes through.</summary>
public static class Step
{
    public static async Task<StepResult<T>> RunAsync<T>(Func<Task<T>> step)
    {
        try
        {
            return new StepResult<T>(await step(), null);
        }
        catch (FaceSwapException failure)
        {
            return new StepResult<T>(default, failure.ToError());
        }
    }
}
