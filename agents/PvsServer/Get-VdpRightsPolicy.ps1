function Get-VdpRightsPolicy {
    <#
    .SYNOPSIS
    Who holds a user right: the part of Add-VdpRightsType that asks the policy of this computer.
    .DESCRIPTION
    Every handle and buffer is given back, also after an error. A failing call throws Win32Exception with the code of Windows.
    .EXAMPLE
    Get-VdpRightsPolicy
    .OUTPUTS
    String: C# of version 5, which Windows PowerShell 5.1 compiles.
    .NOTES
    STATUS_NO_MORE_ENTRIES (0x8000001A) of LsaEnumerateAccountsWithUserRight means that nobody holds the right.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param()

    return @'
namespace Vdp
{
    public static partial class Rights
    {
        const uint PolicyViewLocalInformation = 0x1, PolicyLookupNames = 0x800, NoMoreEntries = 0x8000001A;

        public static List<string> HoldersOf(string right)
        {
            var attributes = new LSA_OBJECT_ATTRIBUTES();
            IntPtr policy, buffer = IntPtr.Zero;
            Check(LsaOpenPolicy(IntPtr.Zero, ref attributes, PolicyViewLocalInformation | PolicyLookupNames, out policy));
            var name = new LSA_UNICODE_STRING { Length = (ushort)(right.Length * 2), MaximumLength = (ushort)(right.Length * 2 + 2) };
            name.Buffer = Marshal.StringToHGlobalUni(right);
            try
            {
                uint count;
                uint status = LsaEnumerateAccountsWithUserRight(policy, ref name, out buffer, out count);
                if (status == NoMoreEntries) { return new List<string>(); }
                Check(status);
                var holders = new List<string>();
                for (int n = 0; n < count; n++) { holders.Add(Text(Marshal.ReadIntPtr(buffer, n * IntPtr.Size))); }
                return holders;
            }
            finally
            {
                if (buffer != IntPtr.Zero) { LsaFreeMemory(buffer); }
                Marshal.FreeHGlobal(name.Buffer);
                LsaClose(policy);
            }
        }

        static string Text(IntPtr sid)
        {
            IntPtr text;
            if (!ConvertSidToStringSidW(sid, out text)) { throw new Win32Exception(Marshal.GetLastWin32Error()); }
            try { return Marshal.PtrToStringUni(text); }
            finally { LocalFree(text); }
        }

        static void Check(uint status)
        {
            if (status != 0) { throw new Win32Exception((int)LsaNtStatusToWinError(status)); }
        }
    }
}
'@
}
